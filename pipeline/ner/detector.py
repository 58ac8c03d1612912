"""scispaCy's detector of abbreviations, asked of one candidate at a time."""

import spacy
from scispacy.abbreviation import AbbreviationDetector, find_abbreviation, short_form_filter
from spacy.tokens import Doc


class Detector(AbbreviationDetector):  # type: ignore[misc]
    """scispaCy's, with candidates that hold in published prose."""

    def __init__(self) -> None:
        self._nlp = spacy.blank("en")
        super().__init__(self._nlp)

    def definition(self, before: str, inside: str) -> tuple[str, int] | None:
        """What a short form stands for, if anything.

        Args:
            before: what stands before the bracket.
            inside: the short form.

        Returns:
            The long form and its offset in ``before``.
        """
        words = self._nlp.make_doc(before)
        # One token a word: the filter would refuse the `G` that the tokenizer cuts from `G-CSF`.
        short = Doc(self._nlp.vocab, words=inside.split())[:]
        if not len(words) or not short_form_filter(short):
            return None
        size = len(inside.replace(" ", ""))
        _, long = find_abbreviation(words[max(len(words) - min(size + 5, size * 2), 0) :], short)
        return None if long is None else (long.text, long.start_char)
