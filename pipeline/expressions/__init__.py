"""Regular expressions of the rules: compiled once a version, tried only where they can match."""

from pipeline.expressions.expression import Expression
from pipeline.expressions.prebuilt import compile_all
from pipeline.expressions.screen import SCREEN

__all__ = ["SCREEN", "Expression", "compile_all"]
