"""scispaCy's detector of abbreviations, asked of one candidate at a time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def _without_commands() -> Iterator[None]:
    """spaCy loads its own command line, with a web client and a downloader, for its function ``info`` alone.

    Within, ``info`` stands in for it, which loads it when it is called; afterwards it is found as ever.
    """
    if "spacy" in sys.modules:
        yield
        return
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []

    def info(*given: Any, **named: Any) -> Any:
        from spacy.cli.info import info as own

        return own(*given, **named)

    module.info = info  # type: ignore[attr-defined]
    sys.modules |= {"spacy.cli": package, "spacy.cli.info": module}
    try:
        yield
    finally:
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]


with _without_commands():
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
