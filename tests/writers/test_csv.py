import csv
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import tables, writers
from pipeline.datamodel import DocumentResult
from pipeline.writers._clean import clean
from pipeline.writers.csv import plain


def written(folder: Path, *results: DocumentResult) -> None:
    every = tables.all_tables()
    opened = writers.open_all(writers.draft_in(folder), every)
    for writer in opened:
        for result in results:
            record = tables.keyed(result)
            writer.document(record)
            for table in every:
                rows = table.rows(record)
                writer.rows(table, list(table.numbered(rows)) if table.ranked else rows)
        writer.close()
    writers.publish(folder)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_cells_are_written_as_the_contract_says(tmp_path: Path, result: DocumentResult) -> None:
    written(tmp_path, result)
    (regimen,) = read(tmp_path / "regimens.csv")
    assert (regimen["dose_low"], regimen["days"], regimen["cycles"]) == ("30", "1;3;5", "")
    (toxicity,) = read(tmp_path / "toxicities.csv")
    assert (toxicity["serious"], toxicity["grade"], toxicity["flags"]) == ("false", "4", "ambiguous_link")
    assert b"\r" not in (tmp_path / "regimens.csv").read_bytes()


def test_the_text_holds_every_quote_to_the_letter(tmp_path: Path, result: DocumentResult) -> None:
    written(tmp_path, result)
    text = (tmp_path / "text" / "woman.txt").read_bytes().decode()
    assert text == result.text
    for row in read(tmp_path / "evidence.csv"):
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


@pytest.mark.parametrize("quote", ["=1+1", "+3 days", "-2", "@home", "\ttab", "\rreturn", "'=quoted", "''-"])
def test_no_cell_is_a_formula(tmp_path: Path, result: DocumentResult, quote: str) -> None:
    fact = replace(result.measurements[0], quote=quote)
    written(tmp_path, replace(result, measurements=(fact,)))
    (row,) = read(tmp_path / "measurements.csv")
    assert row["quote"] == f"'{quote}"
    assert plain(row["quote"]) == quote


@pytest.mark.parametrize("quote", ["a 'quoted' word", "'tis", "10-20", "60 %", '"', "a,b", "two\nlines"])
def test_other_cells_are_left_alone(tmp_path: Path, result: DocumentResult, quote: str) -> None:
    fact = replace(result.measurements[0], quote=quote)
    written(tmp_path, replace(result, measurements=(fact,)))
    (row,) = read(tmp_path / "measurements.csv")
    assert row["quote"] == quote == plain(row["quote"])


def test_negative_numbers_stay_numbers(tmp_path: Path, result: DocumentResult) -> None:
    fact = replace(result.measurements[0], value_low=-1.5, value_high=-1.5, time_days=-30.0)
    written(tmp_path, replace(result, measurements=(fact,)))
    (row,) = read(tmp_path / "measurements.csv")
    assert (row["value_low"], row["time_days"]) == ("-1.5", "-30")


def test_unfit_characters_are_replaced_one_for_one(tmp_path: Path, result: DocumentResult) -> None:
    text = "a\x00b\ud800c\x1bd 😀\n"
    fact = replace(result.measurements[0], quote=text, start=0, end=len(text))
    written(tmp_path, replace(result, text=text, measurements=(fact,)))
    (row,) = read(tmp_path / "measurements.csv")
    stored = (tmp_path / "text" / "woman.txt").read_bytes().decode()
    assert stored == row["quote"] == "a\ufffdb\ufffdc\ufffdd 😀\n"
    assert len(clean(text)) == len(text)


def test_a_semicolon_does_not_split_a_list(tmp_path: Path, result: DocumentResult) -> None:
    fact = replace(result.toxicities[0], treatment=("filgrastim; daily", "rest"))
    written(tmp_path, replace(result, toxicities=(fact,)))
    assert read(tmp_path / "toxicities.csv")[0]["treatment"] == "filgrastim, daily;rest"


def test_a_failed_document_has_a_row_and_no_text(tmp_path: Path, failed: DocumentResult) -> None:
    written(tmp_path, failed)
    (row,) = read(tmp_path / "documents.csv")
    assert row["status"] == "failed"
    assert list((tmp_path / "text").iterdir()) == [] if (tmp_path / "text").exists() else True


def test_a_draft_that_was_given_up_leaves_the_old_files(tmp_path: Path, result: DocumentResult) -> None:
    written(tmp_path, result)
    before = (tmp_path / "evidence.csv").read_bytes()
    writers.open_all(writers.draft_in(tmp_path), tables.all_tables())
    writers.discard(tmp_path)
    assert (tmp_path / "evidence.csv").read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_quote_that_runs_on_is_cut_and_still_is_its_slice(tmp_path: Path, result: DocumentResult) -> None:
    text = "word " * 20_000
    long = replace(result.regimens[0], start=5, end=95_000, quote=text[5:95_000], therapy_text=text)
    written(tmp_path, replace(result, text=text, regimens=(long,)))
    (row,) = read(tmp_path / "regimens.csv")
    assert len(row["quote"]) == 4000
    assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    assert len(row["therapy_text"]) <= 32_767
