import pytest

from pipeline.lexicon import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FK506", "FK-506"),
        ("Sézary cells", "sezary cell"),
        ("Se\u0301zary", "Sezary"),
        ("haemoglobin", "Hemoglobin"),
        ("Graves’ disease", "graves disease"),
        ("Parkinson's disease", "Parkinson disease"),
        ("IFN-α", "IFN alpha"),
        ("oedema", "edema"),
        ("tumours", "tumor"),
        ("thromboses", "thrombosis"),
        ("antibodies", "antibody"),
        ("CD4+ T cells", "CD4 T-cell"),
        ("sulphasalazine", "sulfasalazine"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("CD4", "CD40"), ("T3", "T4"), ("neutropenia", "neutrophilia")])
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", "—", " .,; "])
def test_what_has_no_letter_has_no_key(text: str) -> None:
    assert fold(text) == ""
