from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import registry, tables
from pipeline.datamodel import DocumentResult, Regimen
from pipeline.datamodel.vocabulary import Flag, words
from pipeline.tables._words import wording

TABLES = {table.name: table for table in tables.all_tables()}
SHARED = (Path(__file__).parent / "shared_columns.txt").read_text().split()


def cells(name: str, result: DocumentResult, row: int = 0) -> dict[str, object]:
    table = TABLES[name]
    return dict(zip(table.header, table.rows(tables.keyed(result))[row], strict=True))


@pytest.mark.parametrize("name", ["regimens", "responses", "toxicities", "measurements"])
def test_fact_tables_begin_with_the_shared_columns(name: str) -> None:
    assert list(TABLES[name].header[: len(SHARED)]) == SHARED


def test_every_column_is_named_once_and_described() -> None:
    for table in TABLES.values():
        assert len(set(table.header)) == len(table.header)
        assert all(column.description for column in table.columns)
        assert table.primary_key in table.header


def test_members_are_the_files_of_the_folder() -> None:
    assert sorted(TABLES) == list(registry.names(tables))


def test_regimen_row(result: DocumentResult) -> None:
    row = cells("regimens", result)
    assert row["case_id"] == "woman/P1"
    assert row["regimen_id"] == "woman/P1#1"
    assert (row["therapy"], row["dose_low"], row["days"]) == ("alemtuzumab", 30.0, (1, 3, 5))
    assert row["regimen_name"] is None
    assert row["review_status"] == "auto"


def test_a_row_without_case_hangs_on_the_document(result: DocumentResult) -> None:
    advised = replace(result.regimens[0], case=None, attribution="recommendation")
    row = cells("regimens", replace(result, regimens=(advised,)))
    assert (row["case_id"], row["regimen_id"]) == (None, "woman#1")


def test_no_key_points_nowhere(result: DocumentResult) -> None:
    lost = replace(result.toxicities[0], group=7, case=9)
    row = cells("toxicities", replace(result, toxicities=(lost,)))
    assert (row["case_id"], row["regimen_id"]) == (None, None)


def test_evidence_ids_are_stable(result: DocumentResult) -> None:
    before = [entry.evidence_id for entry in tables.keyed(result).facts]
    elsewhere = replace(result, source=replace(result.source, path="/other/place/woman.pdf", doc_id="woman~2"))
    assert [entry.evidence_id for entry in tables.keyed(elsewhere).facts] == before
    graded = replace(result, toxicities=(replace(result.toxicities[0], grade=3, confidence=0.9, flags=()),))
    assert [entry.evidence_id for entry in tables.keyed(graded).facts] == before


def test_evidence_ids_are_fixed_for_all_time(result: DocumentResult) -> None:
    assert [entry.evidence_id for entry in tables.keyed(result).facts] == [
        "reg-uoh2ypjwb4x6",
        "mea-4ct3io53hp7g",
        "tox-6as5y7ick63c",
        "rsp-hijhvkbwt67j",
    ]


def test_evidence_ids_are_unique(other: DocumentResult, result: DocumentResult) -> None:
    records = [tables.keyed(other), tables.keyed(result), tables.keyed(result, copy=1)]
    ids = [entry.evidence_id for record in records for entry in record.facts]
    assert len(set(ids)) == len(ids)


def test_evidence_holds_all_rows_in_the_order_of_the_text(result: DocumentResult) -> None:
    table = TABLES["evidence"]
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows(tables.keyed(result))]
    assert [row["kind"] for row in rows] == ["regimen", "measurement", "toxicity", "response"]
    assert [row["summary"] for row in rows] == [
        "Patient 1: alemtuzumab 30 mg subcutaneous, 3 times a week, on days 1, 3, 5, stopped (toxicity); index.",
        "Patient 1: platelets 18 ×10⁹/L (low), on treatment.",
        "Patient 1: grade 4 neutrophil count decreased, suspected of alemtuzumab.",
        "Patient 1: partial response (skin, 80 %) to alemtuzumab.",
    ]
    assert rows[2]["grade"] == 4


def test_summaries_say_how_sure_the_text_is(other: DocumentResult, result: DocumentResult) -> None:
    denied = replace(result.toxicities[0], assertion="negated", therapies=(), grade=None)
    assert "Patient 1: no neutrophil count decreased." in {
        row[TABLES["evidence"].header.index("summary")]
        for row in TABLES["evidence"].rows(tables.keyed(replace(result, toxicities=(denied,))))
    }
    summaries = [row[-1] for row in TABLES["evidence"].rows(tables.keyed(other))]
    assert "Cohort: partial response (skin, 80 %) to alemtuzumab, 14 of 20." in summaries


def test_documents(result: DocumentResult, failed: DocumentResult) -> None:
    read, not_read = cells("documents", result), cells("documents", failed)
    assert (read["status"], read["n_rows"], read["n_flags"], read["n_cases"]) == ("ok", 4, 2, 1)
    assert (read["n_pages"], read["n_chars"], read["set_aside"]) == (3, len(result.text), ("running_head=12",))
    assert not_read["status"] == "failed"
    assert not_read["error"] == "the PDF is encrypted; save it without a password"
    assert (not_read["doc_type"], not_read["n_chars"], not_read["n_rows"]) == (None, None, 0)


def test_review_is_ranked_and_explains_itself(result: DocumentResult) -> None:
    table = TABLES["review"]
    ordered = sorted(table.rows(tables.keyed(result)), key=table.urgency, reverse=True)
    rows = [dict(zip(table.header, row, strict=True)) for row in table.numbered(ordered)]
    assert [(row["priority"], row["kind"]) for row in rows] == [(1, "toxicity"), (2, "response")]
    assert rows[0]["reason"] == "Alemtuzumab and gemcitabine were both given that week."
    assert rows[1]["reason"] == wording()["flags"]["low_confidence"]["reason"]
    assert all(row["suggestion"] and row["summary"] for row in rows)


def test_every_flag_has_its_sentences() -> None:
    assert set(wording()["flags"]) == set(words(Flag))
    for said in wording()["flags"].values():
        assert 0 < said["error"] < 1
        assert said["reason"].endswith((".", "?"))


def test_floats_lose_their_noise(result: DocumentResult) -> None:
    noisy = replace(result.regimens[0], dose_low=0.1 + 0.2, dose_high=float("nan"), per_week=-0.0)
    assert isinstance(noisy, Regimen)
    row = cells("regimens", replace(result, regimens=(noisy,)))
    assert (row["dose_low"], row["dose_high"], str(row["per_week"])) == (0.3, None, "0.0")


def test_data_dictionary_names_every_column() -> None:
    told = tables.data_dictionary()
    assert all(f"`{column.name}`" in told for table in TABLES.values() for column in table.columns)
