"""Training examples of the trained reader: sentences with the rules' marks and the tags of one annotation style."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import extractors, segmentation
from pipeline.datamodel import Mention
from pipeline.lexicon import load_lexicons
from pipeline.ner import Recognizer
from pipeline.ner._reader.component import WORDS
from pipeline.ner._reader.crf import tag_sequence
from pipeline.ner._reader.marks import marks
from pipeline.settings import NerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence.

    Attributes:
        words, spaces, marks: what its ``Doc`` is made of.
        offset: of each word's start in the document's text.
        tags: for each style of its corpus the tag of each word.
    """

    key: str
    words: list[str]
    spaces: list[bool]
    marks: list[str]
    offsets: list[int]
    tags: dict[str, Any]


def read_examples(path: Path, styles: Mapping[str, list[str]]) -> Iterator[Example]:
    """The sentences of a corpus file (one object a line: text, spans) with the tags of the given styles.

    A span that does not fit the words, or crosses a sentence's border, is left out; of spans that overlap, the
    longest stays.
    """
    recognizer = Recognizer(NerSettings(model="none"), load_lexicons())
    for line in path.read_text(encoding="utf-8").splitlines():
        given = _untokenized(json.loads(line)) if path.name.startswith("ncbi") else json.loads(line)
        document = segmentation.segment(extractors.from_raw_text(given["text"]))
        mentions = recognizer.recognize(document)
        for sentence in document.sentences:
            yield _example(given, sentence.start, sentence.end, mentions, styles)


def _example(
    given: dict[str, Any], start: int, end: int, mentions: tuple[Mention, ...], styles: Mapping[str, list[str]]
) -> Example:
    found = list(WORDS.finditer(given["text"], start, end))
    places = [(m.start(), m.end()) for m in found]
    starts = {s: i for i, (s, _) in enumerate(places)}
    ends = {e: i + 1 for i, (_, e) in enumerate(places)}
    inside = [m for m in mentions if m.start < end and m.end > start]
    tags = {}
    for style, labels in styles.items():
        marked: list[tuple[int, int, int]] = []
        taken: set[int] = set()
        for span in sorted(given["spans"], key=lambda s: s["start"] - s["end"]):
            first, last = starts.get(span["start"]), ends.get(span["end"])
            if span["label"] not in labels or first is None or last is None or taken & set(range(first, last)):
                continue
            taken |= set(range(first, last))
            marked.append((first, last, labels.index(span["label"])))
        tags[style] = tag_sequence(len(places), marked)
    return Example(
        key=str(given["id"]),
        words=[m.group() for m in found],
        spaces=[given["text"][e : e + 1].isspace() for _, e in places],
        marks=marks(places, inside),
        offsets=[s for s, _ in places],
        tags=tags,
    )


def _untokenized(given: dict[str, Any]) -> dict[str, Any]:
    """The text without the spaces that a tokenizer put around punctuation; spans follow."""
    text = given["text"]
    dropped = {
        place
        for match in re.finditer(r" (?=[,.;:)\]%'])|(?<=[(\[]) | (?=[-/] )|(?<= [-/]) ", text)
        for place in range(match.start(), match.end())
    }
    shift = [0]
    for place in range(len(text)):
        shift.append(shift[-1] + (place in dropped))
    kept = "".join(c for place, c in enumerate(text) if place not in dropped)
    spans = [{**s, "start": s["start"] - shift[s["start"]], "end": s["end"] - shift[s["end"]]} for s in given["spans"]]
    return {**given, "text": kept, "spans": spans}
