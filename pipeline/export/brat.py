"""brat standoff: ``<doc_id>.txt`` beside ``<doc_id>.ann``, and ``annotation.conf``.

Each row is a text-bound annotation with its attributes, a relation to its regimen, and a note with all of its cells.
Offsets are code points. brat knows no mark over a line's end: such a mark is given in fragments, one a line.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.datamodel.vocabulary import Assertion, Attribution, FactKind, ReviewStatus, words
from pipeline.export.annotations import Annotation, by_document
from pipeline.export.run_tables import RunTables
from pipeline.files import write_atomically
from pipeline.ledger import CuratedRow

# Where a reader of lines or of tab-separated fields would break a mark's words.
_BREAK = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_ATTRIBUTES = {"attribution": "Attribution", "assertion": "Assertion", "review_status": "ReviewStatus"}
_TO_REGIMEN = {"Response": "AnswersTo", "Toxicity": "UnderRegimen"}


def write_brat(run: RunTables, rows: Iterable[CuratedRow], folder: Path) -> list[Path]:
    """Write a run's texts, their annotations and the configuration.

    Returns:
        The ``.ann`` files.
    """
    write_atomically(folder / "annotation.conf", configuration().encode())
    written = []
    for doc_id, text, marks in by_document(run, rows):
        write_atomically(folder / f"{doc_id}.txt", text.encode())
        written.append(folder / f"{doc_id}.ann")
        write_atomically(written[-1], to_brat(text, marks).encode())
    return written


def to_brat(text: str, annotations: Sequence[Annotation]) -> str:
    """The ``.ann`` file of a document; each mark begins and ends with a letter, not with what breaks a line."""
    return "".join(f"{line}\n" for line in _lines(text, annotations))


def from_brat(text: str, standoff: str) -> list[Annotation]:
    """The annotations of an ``.ann`` file that :func:`to_brat` wrote, attributes and relations as its notes tell them.

    Raises:
        ValueError: a mark's words are not those of the text.
    """
    marks: dict[str, tuple[str, int, int]] = {}
    notes: dict[str, dict[str, str]] = {}
    for line in standoff.split("\n"):
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            place, _, said = rest.partition("\t")
            marks[name] = _mark(text, place, said)
        elif name.startswith("#"):
            about, _, note = rest.partition("\t")
            notes[about.split(" ")[1]] = json.loads(note)
    return [_annotation(mark, notes.get(name, {})) for name, mark in marks.items()]


def configuration() -> str:
    """``annotation.conf``: what brat needs to know to show and edit the files."""
    kinds = [kind.capitalize() for kind in words(FactKind)]
    values = {"Attribution": words(Attribution), "Assertion": words(Assertion), "ReviewStatus": words(ReviewStatus)}
    lines = ["[entities]", *kinds, "", "[relations]"]
    lines += [f"{name}\tArg1:{kind}, Arg2:Regimen" for kind, name in _TO_REGIMEN.items()]
    lines += ["", "[events]", "", "[attributes]"]
    lines += [f"{name}\tArg:<ENTITY>, Value:{'|'.join(vocabulary)}" for name, vocabulary in values.items()]
    return "\n".join([*lines, ""])


def _lines(text: str, annotations: Sequence[Annotation]) -> Iterator[str]:
    regimens: dict[str, str] = {}
    for number, one in enumerate(annotations, 1):
        if one.label == "Regimen":
            regimens.setdefault(one.cells.get("regimen_id", ""), f"T{number}")
    attributes = relations = 0
    for number, one in enumerate(annotations, 1):
        fragments = list(_fragments(text, one.start, one.end))
        place = ";".join(f"{start} {end}" for start, end in fragments)
        yield f"T{number}\t{one.label} {place}\t{' '.join(text[start:end] for start, end in fragments)}"
        for column, name in _ATTRIBUTES.items():
            if one.cells.get(column):
                attributes += 1
                yield f"A{attributes}\t{name} T{number} {one.cells[column]}"
        regimen = regimens.get(one.cells.get("regimen_id", "") or "-")
        if regimen and one.label in _TO_REGIMEN:
            relations += 1
            yield f"R{relations}\t{_TO_REGIMEN[one.label]} Arg1:T{number} Arg2:{regimen}"
        told = {"key": one.key, "curator": one.curator, "decided_at": one.decided_at}
        note = {**one.cells, **{f"@{name}": said for name, said in told.items()}}
        yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(note, sort_keys=True)}"


def _fragments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The mark without what breaks a line."""
    at = start
    for gap in _BREAK.finditer(text, start, end):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def _mark(text: str, place: str, said: str) -> tuple[str, int, int]:
    label, _, spans = place.partition(" ")
    ends = [tuple(map(int, span.split(" "))) for span in spans.split(";")]
    if " ".join(text[start:end] for start, end in ends) != said:
        raise ValueError(f"the words at {spans} are not {said!r}")
    return label, ends[0][0], ends[-1][1]


def _annotation(mark: tuple[str, int, int], note: dict[str, str]) -> Annotation:
    label, start, end = mark
    own = {name.removeprefix("@"): said for name, said in note.items() if name.startswith("@")}
    return Annotation(
        key=own.get("key", ""),
        label=label,
        start=start,
        end=end,
        cells={name: said for name, said in note.items() if not name.startswith("@")},
        curator=own.get("curator", ""),
        decided_at=own.get("decided_at", ""),
    )
