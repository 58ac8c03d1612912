"""Reading a lexicon file: header lines ``# key: value``, a row of column names, then tab-separated rows."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

REQUIRED = ("label", "system", "source", "version", "licence")


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconFile:
    """One file of the folder: its header, its column names and its rows."""

    name: str
    header: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> Iterator[dict[str, str]]:
        """The rows by column name; a cell that a row lacks is empty."""
        width = len(self.columns)
        for row in self.rows:
            yield dict(zip(self.columns, row + ("",) * (width - len(row)), strict=True))


def stem(path: Path) -> str:
    """``drugs`` for ``drugs.tsv`` and for ``drugs.tsv.gz``."""
    return path.name.split(".", 1)[0]


def paths(folder: Path) -> tuple[Path, ...]:
    """The lexicon files of a folder, sorted by name."""
    return tuple(sorted(p for p in folder.iterdir() if p.name.endswith((".tsv", ".tsv.gz"))))


def read(path: Path) -> LexiconFile:
    """Read one file.

    Raises:
        UsageError: a required header line is missing.
    """
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    lines = text.split("\n")
    header: dict[str, str] = {}
    at = 0
    while at < len(lines) and lines[at].startswith("#"):
        key, _, value = lines[at].lstrip("# ").partition(":")
        header[key.strip()] = value.strip()
        at += 1
    missing = [key for key in REQUIRED if key not in header]
    if missing:
        raise UsageError(f"{path.name}: the header lacks {', '.join(missing)}; write it as '# {missing[0]}: …'")
    columns = tuple(lines[at].split("\t"))
    rows = tuple(tuple(line.split("\t")) for line in lines[at + 1 :] if line)
    return LexiconFile(name=stem(path), header=header, columns=columns, rows=rows)


def write(path: Path, header: dict[str, str], columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one file, gzipped where the name says so; the bytes depend on the content alone."""
    lines = [f"# {key}: {value}" for key, value in header.items()]
    lines.append("\t".join(columns))
    lines.extend("\t".join(row).rstrip("\t") for row in rows)
    content = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0) if path.suffix == ".gz" else content)
