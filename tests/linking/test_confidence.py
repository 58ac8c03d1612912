from dataclasses import fields, replace

import pytest

from pipeline.datamodel import Fact, Measurement, Regimen, Response, Toxicity
from pipeline.datamodel.vocabulary import Role, words
from pipeline.linking.confidence import (
    KINDS,
    SLOTS,
    WEIGHTS,
    confidence_of,
    features,
    slot_confidence_of,
    slots_of,
)
from pipeline.toml import read_toml

AT = {"start": 0, "end": 4, "quote": "drug", "section": "case", "case": 1, "cue": "person: she"}
ROWS: dict[str, Fact] = {
    "regimen": Regimen(**AT, group=1, therapy="drug", therapy_text="drug", role="index", rules=("lexicon:drugs",)),
    "response": Response(**AT, category="PR", rules=("pattern:RESPONSE.partial", "link:response_to")),
    "toxicity": Toxicity(**AT, term="rash", term_text="rash", soc="skin", rules=("lexicon:conditions",)),
    "measurement": Measurement(
        **AT, analyte="platelets", analyte_text="platelets", value_low=18.0, value_high=18.0, unit="10*9/L"
    ),
}
WORST = {
    "section": "caption",
    "cue": "section caption",
    "flags": ("ambiguous_link", "ambiguous_attribution", "unknown_term"),
    "rules": ("lexicon:drug_classes", "link:none"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_never_certain(kind: str) -> None:
    row = ROWS[kind]
    for changed in (row, replace(row, **WORST), replace(row, mentions=99, rules=("relation:VALUE_OF",))):
        assert 0.01 <= confidence_of(changed) <= 0.99
        assert all(0.0 <= value <= 1.0 for value in features(changed).values())


@pytest.mark.parametrize("kind", ROWS)
def test_told_again_is_never_less_sure(kind: str) -> None:
    row = ROWS[kind]
    assert confidence_of(row) <= confidence_of(replace(row, mentions=2)) <= confidence_of(replace(row, mentions=3))


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize(
    "doubt",
    [
        {"flags": ("ambiguous_attribution",)},
        {"flags": ("unknown_term",)},
        {"section": "caption"},
        {"cue": "section case"},
    ],
)
def test_a_doubt_never_makes_surer(kind: str, doubt: dict[str, object]) -> None:
    assert confidence_of(replace(ROWS[kind], **doubt)) <= confidence_of(ROWS[kind])


def test_a_class_of_drugs_is_less_sure_than_a_drug() -> None:
    row = ROWS["regimen"]
    assert confidence_of(replace(row, rules=("lexicon:drug_classes",))) < confidence_of(row)


def test_a_stored_verdict_takes_no_part() -> None:
    row = ROWS["regimen"]
    graded = replace(row, confidence=0.1, flags=("low_confidence",), slot_confidence=("role=0.50",))
    assert features(graded) == features(row)


def test_weights_are_of_known_features() -> None:
    weights = read_toml(WEIGHTS)
    assert set(weights) == {*KINDS.values(), SLOTS}
    for kind, row in ROWS.items():
        assert set(weights[kind]) <= set(features(row))
    columns = {field.name for field in fields(Regimen)} - {field.name for field in fields(Fact)}
    known = {"one", "narrative", "told_again", "own_words", *columns, *(f"role_{role}" for role in words(Role))}
    assert set(weights[SLOTS]) <= known


def test_cells_of_a_regimen() -> None:
    row = replace(ROWS["regimen"], dose_low=30.0, dose_high=30.0, dose_unit="mg")
    assert isinstance(row, Regimen)
    said = dict(cell.split("=") for cell in slot_confidence_of(row))
    assert {"role", "dose_low", "dose_unit"} <= set(said) <= set(slots_of(row))
    assert all(0.01 <= float(probability) <= 0.99 for probability in said.values())
    assert slot_confidence_of(ROWS["response"]) == ()


def test_what_is_not_stated_has_no_confidence() -> None:
    row = replace(ROWS["regimen"], role="unknown")
    assert isinstance(row, Regimen)
    assert not {"role", "route", "status"} & set(slots_of(row))
