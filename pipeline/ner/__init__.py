"""Finding mentions: lexicons, in-text abbreviations, name-building rules and the pattern grammar, one recognizer."""

from pipeline.ner.recognizer import Recognizer

__all__ = ["Recognizer"]
