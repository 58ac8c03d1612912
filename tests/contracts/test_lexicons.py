"""What every lexicon file promises."""

from pathlib import Path

import pytest

from pipeline.lexicon import FOLDER, load_lexicons, tables

PATHS = tables.paths(FOLDER)
NOTICE = Path("NOTICE").resolve().read_text(encoding="utf-8")
each_lexicon = pytest.mark.parametrize("path", PATHS, ids=[tables.stem(path) for path in PATHS])


@each_lexicon
def test_header_says_where_it_comes_from(path: Path) -> None:
    header = tables.read(path).header
    assert all(header[key] for key in ("label", "source", "version", "licence"))


@each_lexicon
def test_rows_fit_their_columns(path: Path) -> None:
    lexicon = tables.read(path)
    assert lexicon.rows
    assert all(0 < len(row) <= len(lexicon.columns) for row in lexicon.rows)
    assert all(row[0].strip() for row in lexicon.rows)


@each_lexicon
def test_rows_are_sorted_and_told_once(path: Path) -> None:
    rows = tables.read(path).rows
    assert len(rows) == len(set(rows))


def test_terminologies_are_credited() -> None:
    for owner in ("National Library of Medicine", "CTCAE", "CDISC", "Human Disease Ontology", "admiral", "UNII"):
        assert owner in NOTICE, owner


def test_they_load() -> None:
    assert load_lexicons().candidates("alemtuzumab")
