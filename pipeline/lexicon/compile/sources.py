"""Reading what the lexicons are made from: the public files and the project's own lists."""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.lexicon.folding import fold
from pipeline.toml import read_toml

OWN = Path(__file__).parent.parent / "sources"
_ABBREVIATION = re.compile(r"^[A-Za-z]?[A-Zα-ω0-9][A-Z0-9α-ω/+.\-]*[A-Z0-9α-ω]s?$")


@dataclass(frozen=True, slots=True)
class Sources:
    """A folder with the public files; a missing one raises ``FileNotFoundError`` with its name."""

    folder: Path

    def records(self, name: str) -> list[dict[str, str]]:
        """The rows of a tab-separated file, gzipped or not."""
        path = self.folder / name
        text = gzip.decompress(path.read_bytes()).decode() if name.endswith(".gz") else path.read_text("utf-8")
        reader = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{key: value or "" for key, value in row.items()} for row in reader]


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """The recipe's lists and thresholds."""
    return read_toml(Path(__file__).with_name("rules.toml"))


def own(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the project's own lists; lines that start with ``#`` and a space are comments."""
    lines = [line for line in (OWN / name).read_text("utf-8").split("\n") if line and not line.startswith("# ")]
    columns = lines[0].split("\t")
    for line in lines[1:]:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def refused(label: str) -> set[str]:
    """Folded names that a list of the project keeps out of the lexicon with that label."""
    rows = [row for row in own("not_names.tsv") if row["label"] in (label, "ANY")]
    return {fold(name) for row in rows for name in row["names"].split("|")}


def spellings(record: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each name of an own row with its match rule: the preferred one first, unless it stands among them with a mark."""
    names = [match_rule(name) for name in record.get("names", "").split("|") if name]
    preferred = match_rule(record["preferred"])
    if all(fold(name) != fold(preferred[0]) for name, match in names if match in ("exact", "dose", "value")):
        yield preferred
    yield from names


def match_rule(name: str) -> tuple[str, str]:
    """A name of an own list without its mark, and when it may be accepted."""
    if name.startswith("="):
        return name[1:], "exact"
    if name.startswith("~"):
        return name[1:], "dose"
    if name.startswith("#"):
        return name[1:], "value"
    if len(name) <= 7 and _ABBREVIATION.match(name):
        return name, "caps"
    return name, "any"
