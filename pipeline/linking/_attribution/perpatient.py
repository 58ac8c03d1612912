"""Values that a sentence about several patients gives to one each (``10 g/dL in patient 1 and 9 in patient 2``)."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.datamodel import Mention
from pipeline.linking.cues import load_cues
from pipeline.linking.literature import label_number

_NEAR = 60  # characters from a value to the label of the patient whose it is
_LISTED = 2  # tests that are listed are answered by their values, not the patients


def given_out(
    words: str, offset: int, cases: Sequence[int], mentions: Sequence[Mention]
) -> Iterator[tuple[Mention, int]]:
    """Each value that has its own patient, with the patient's number.

    Args:
        words: the sentence; ``offset`` is where it starts.
        cases: numbers of the patients that it is about, in order.
        mentions: of the sentence, in text order.
    """
    labelled = dict(_by_label_behind(words, offset, cases, mentions))
    yield from labelled.items()
    if not labelled and load_cues("attribution")["label.respectively"].search(words):
        yield from _in_order(cases, mentions)


def _by_label_behind(
    words: str, offset: int, cases: Sequence[int], mentions: Sequence[Mention]
) -> Iterator[tuple[Mention, int]]:
    """``… 10 g/dL in patient 1``: at least two values, each with the label of another patient behind it."""
    found: list[tuple[Mention, int]] = []
    for value in (m for m in mentions if m.label == "VALUE"):
        behind = words[value.end - offset : value.end - offset + _NEAR]
        mark = load_cues("attribution")["label.behind"].search(behind)
        number = label_number(mark["n"] or mark["nth"]) if mark else 0
        if number in cases:
            found.append((value, number))
    if len({number for _, number in found}) > 1:
        yield from found


def _in_order(cases: Sequence[int], mentions: Sequence[Mention]) -> Iterator[tuple[Mention, int]]:
    """``The haemoglobin was 10 g/dL and 9 g/dL, respectively``: behind one test as many values as patients."""
    told = [m for m in mentions if m.label in ("ANALYTE", "VALUE")]
    runs = [list(run) for _, run in groupby(told, key=lambda m: m.label)]
    for tests, values in pairwise(runs):
        if tests[0].label == "ANALYTE" and len(tests) < _LISTED and len(values) == len(cases):
            yield from zip(values, cases, strict=True)
