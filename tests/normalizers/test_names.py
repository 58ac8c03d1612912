"""Therapies, conditions and analytes: what the lexicons say of a mention."""

import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AnalyteName, ConditionName, TherapyName, Unresolved
from pipeline.lexicon import Lexicons, load_lexicons
from pipeline.normalizers import normalize


@pytest.fixture(scope="module")
def lexicons() -> Lexicons:
    return load_lexicons()


def mention(label: str, text: str, entry: str = "", rule: str = "lexicon:test") -> Mention:
    return Mention(start=0, end=len(text), label=label, text=text, rule=rule, entry=entry)  # type: ignore[arg-type]


def test_drug(lexicons: Lexicons) -> None:
    value = normalize(mention("DRUG", "Campath"), lexicons).value
    assert value == TherapyName(name="alemtuzumab", code="UNII:3A189DH42V")


def test_combination(lexicons: Lexicons) -> None:
    value = normalize(mention("DRUG", "CHOP"), lexicons).value
    assert isinstance(value, TherapyName)
    assert value.regimen_name == "CHOP"
    names = [component.name for component in value.components]
    assert names == ["cyclophosphamide", "doxorubicin", "vincristine", "prednisone"]
    assert all(component.code.startswith("UNII:") for component in value.components)


def test_fixed_combination_is_one_drug(lexicons: Lexicons) -> None:
    value = normalize(mention("DRUG", "TMP-SMX"), lexicons).value
    assert isinstance(value, TherapyName)
    assert (value.name, value.components) == ("co-trimoxazole", ())


def test_class(lexicons: Lexicons) -> None:
    value = normalize(mention("DRUG", "steroids"), lexicons).value
    assert value == TherapyName(name="corticosteroids", is_class=True)


def test_other_therapy(lexicons: Lexicons) -> None:
    value = normalize(mention("THERAPY", "ECP"), lexicons).value
    assert value == TherapyName(name="extracorporeal photopheresis", therapy_type="apheresis")


def test_abbreviation_means_its_long_form(lexicons: Lexicons) -> None:
    value = normalize(mention("CONDITION", "MF", entry="mycosis fungoides", rule="abbreviation"), lexicons).value
    assert isinstance(value, ConditionName)
    assert value.name == "mycosis fungoides"


def test_condition_with_its_ctcae_term(lexicons: Lexicons) -> None:
    value = normalize(mention("TOXICITY", "severe neutropenia"), lexicons).value
    assert isinstance(value, ConditionName)
    assert (value.ctcae_term, value.soc) == ("neutrophil count decreased", "Investigations")


def test_condition_is_known_by_its_last_words(lexicons: Lexicons) -> None:
    value = normalize(mention("CONDITION", "periungual skin infection", rule="name:head"), lexicons).value
    assert isinstance(value, ConditionName)
    assert value.name == "periungual skin infection"
    assert value.ctcae_term == "skin infection"


def test_cell_count(lexicons: Lexicons) -> None:
    value = normalize(mention("ANALYTE", "PLT"), lexicons).value
    assert isinstance(value, AnalyteName)
    assert (value.name, value.si_unit, value.is_cell_count) == ("platelets", "10*9/L", True)


def test_analyte_that_counts_letter_by_letter(lexicons: Lexicons) -> None:
    values = [normalize(mention("ANALYTE", text), lexicons).value for text in ("Mg", "Hb")]
    assert [value.name for value in values if isinstance(value, AnalyteName)] == ["magnesium", "hemoglobin"]


@pytest.mark.parametrize("label", ["DRUG", "THERAPY", "ANALYTE", "CONDITION"])
def test_unknown_name_is_refused_with_a_reason(lexicons: Lexicons, label: str) -> None:
    value = normalize(mention(label, "qwertzu"), lexicons).value
    assert isinstance(value, Unresolved)
    assert "qwertzu" in value.reason
