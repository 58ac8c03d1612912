"""From the files of the folder to the dictionaries that are looked up."""

import hashlib
from pathlib import Path
from typing import Any

from pipeline.lexicon import tables
from pipeline.lexicon.entries import MATCH_BITS, MATCH_LABELS, MATCHES
from pipeline.lexicon.folding import fold

# Where one name stands in several lexicons, they are asked in this order; further lexicons follow by name.
ORDER = ("drug_classes", "regimens", "drugs", "therapies", "analytes", "conditions")
REFERENCE = "TABLE"


def digest(folder: Path) -> str:
    """Hash of all lexicon files and of the folding rules: what is built depends on nothing else."""
    found = hashlib.sha256()
    here = Path(__file__).parent
    code = [here / name for name in ("folding.toml", "folding.py", "build.py", "tables.py")]
    for path in (*tables.paths(folder), *code):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def build(folder: Path) -> dict[str, Any]:
    """The content of :class:`Lexicons`, of plain types only so that it can be marshalled."""
    files = [tables.read(path) for path in tables.paths(folder) if tables.stem(path) != "words"]
    files.sort(key=lambda f: (ORDER.index(f.name) if f.name in ORDER else len(ORDER), f.name))
    versions = {f.name: f.header for f in files}
    reference = {f.name: tuple(map(tuple, map(dict.values, f.records()))) for f in files if _is_reference(f)}
    built = _Names()
    for file in files:
        if not _is_reference(file):
            built.add(file)
    return {
        "heads": built.heads,
        "names": {key: hits[0] if len(hits) == 1 else tuple(hits) for key, hits in built.names.items()},
        "rows": tuple(built.rows),
        "spellings": {key: tuple(found) for key, found in built.spellings.items()},
        "spelled": {name: tuple(numbers) for name, numbers in built.spelled.items()},
        "tables": reference,
        "versions": versions,
    }


def _is_reference(file: tables.LexiconFile) -> bool:
    return file.header["label"] == REFERENCE


class _Names:
    """The growing dictionaries."""

    def __init__(self) -> None:
        self.heads: dict[str, int] = {}
        self.names: dict[str, list[int]] = {}
        self.rows: list[tuple[Any, ...]] = []
        self.spellings: dict[str, list[str]] = {}
        self.spelled: dict[str, list[int]] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}

    def add(self, file: tables.LexiconFile) -> None:
        label = file.header["label"]
        if label not in MATCH_LABELS:
            raise ValueError(f"{file.name}: unknown label {label!r}; known: {', '.join(MATCH_LABELS)}, {REFERENCE}")
        for record in file.records():
            get = record.get
            parts = tuple(part for part in get("parts", "").split(";") if part)
            extras = (get("ctcae", ""), get("soc", ""), get("si_unit", ""))
            row = (label, file.name, record["preferred"], get("code", ""), get("kind", ""), parts, *extras)
            number = self._numbers.setdefault(row, len(self.rows))
            if number == len(self.rows):
                self.rows.append(row)
            self._name(record["name"] or record["preferred"], number, get("match") or "any")

    def _name(self, name: str, number: int, match: str) -> None:
        key = fold(name)
        if not key:
            return
        hits = self.names.setdefault(key, [])
        if all(hit >> MATCH_BITS != number for hit in hits):
            hits.append((number << MATCH_BITS) + [*MATCHES].index(match))  # type: ignore[arg-type]
        if match == "exact" or (match == "caps" and not name.isupper()):
            self.spellings.setdefault(key, []).append(name)
            self.spelled.setdefault(name, []).append(number)
        words = key.split(" ")
        self.heads[words[0]] = max(self.heads.get(words[0], 0), len(words))
