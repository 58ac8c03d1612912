"""How much of the samples' hand-written gold a run holds."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.golden.expected import FACTS, SAMPLES, table

KEYS = {"regimens": "therapy", "responses": "category", "toxicities": "term", "measurements": "analyte"}
Gold = Mapping[str, Any]
_FLAT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺", "0123456789+")


def read_gold() -> dict[str, Gold]:
    """Document -> its gold."""
    return {path.stem: yaml.safe_load(path.read_text()) for path in sorted((SAMPLES / "gold").glob("*.yaml"))}


def _spellings(cell: object) -> set[str]:
    return {name.strip().casefold().replace("-", " ") for name in str(cell).split("|")}


def _near(cell: str, want: float) -> bool:
    return bool(cell) and abs(float(cell) - want) <= abs(want) * 0.005


def holds(kind: str, row: Mapping[str, str], want: Gold) -> bool:
    """Does the row state the gold row's fact: its name, and its dose or value where the gold has one?"""
    key = KEYS[kind]
    texts = {row[key], row.get(f"{key}_text", "")}
    if not {t.casefold().replace("-", " ") for t in texts} & _spellings(want[key]):
        return False
    number, column = ("dose", "dose_low") if kind == "regimens" else ("value", "value_low")
    if kind in ("regimens", "measurements") and number in want:
        low = want[number][0] if isinstance(want[number], list) else want[number]
        return _near(row[column], low)
    return True


def found(run: Path) -> dict[str, tuple[int, int]]:
    """Table -> (gold rows that the run holds, gold rows), optional ones left out; a row counts once."""
    counts = dict.fromkeys(FACTS, (0, 0))
    for kind in FACTS:
        rows = [row for row in table(run, kind) if row["attribution"] == "patient" and row["assertion"] == "affirmed"]
        for doc, gold in read_gold().items():
            left = [row for row in rows if row["doc_id"] == doc]
            wanted = [w for w in gold[kind] if not w.get("optional") and w.get("assertion", "affirmed") == "affirmed"]
            for want in wanted:
                hit = next((row for row in left if holds(kind, row, want)), None)
                if hit:
                    left.remove(hit)
                counts[kind] = (counts[kind][0] + bool(hit), counts[kind][1] + 1)
    return counts


def sprung(run: Path) -> list[str]:
    """Traps within whose words a row about a patient stands."""
    return [
        f"{doc}: {trap['why']} ({trap['quote']}): {row['evidence_id']} {row['quote']!r}"
        for doc, gold in read_gold().items()
        for trap in gold["traps"]
        for start, end in places(text_of(run, doc), trap["quote"])
        for row in table(run, "evidence")
        if row["doc_id"] == doc and (row["attribution"], row["assertion"]) == ("patient", "affirmed")
        if start <= int(row["start"]) and int(row["end"]) <= end
    ]


def text_of(run: Path, doc: str) -> str:
    """A document's text, its line breaks as they were written."""
    with (run / "text" / f"{doc}.txt").open(encoding="utf-8", newline="") as file:
        return file.read()


def places(text: str, quote: str) -> list[tuple[int, int]]:
    """Where a gold quote stands in a text: white space does not count, raised figures are figures."""
    letters = [re.escape(letter) for letter in quote.translate(_FLAT) if not letter.isspace()]
    return [match.span() for match in re.finditer(r"\s*".join(letters), text.translate(_FLAT))]
