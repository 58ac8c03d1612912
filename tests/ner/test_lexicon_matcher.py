"""Names that a short form stands in, and short names of drugs."""

import re

import pytest

from pipeline import extractors, segmentation
from pipeline.lexicon import load_lexicons
from pipeline.ner import Recognizer
from pipeline.normalizers import normalize
from pipeline.settings import NerSettings


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(NerSettings(model="none"), load_lexicons())


def drugs(recognizer: Recognizer, text: str) -> list[tuple[str, str]]:
    """The drugs that are found, with what they mean."""
    document = segmentation.segment(extractors.from_raw_text(text))
    found = (normalize(mention, load_lexicons()) for mention in recognizer.recognize(document))
    return [(m.text, getattr(m.value, "name", "")) for m in found if m.label == "DRUG"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[An] angiotensin-converting enzyme (ACE) inhibitor [was given].", "ace inhibitors"),
        ("[She took a] Janus kinase (JAK)-inhibitor.", "jak inhibitors"),
        ("[The] mammalian target of rapamycin (mTOR) inhibitor [helped].", "mtor inhibitors"),
        ("tumor necrosis factor (TNF)-alpha inhibitors [helped].", "tnf inhibitors"),
        ("Interferon (IFN) alpha-2b [was given].", "interferon alfa-2b"),
        ("[A] calcium (Ca) channel blocker [was stopped].", "calcium channel blockers"),
    ],
)
def test_a_name_goes_on_behind_its_short_form(recognizer: Recognizer, text: str, meant: str) -> None:
    name = re.sub(r"\[[^]]*\]|\.", "", text).strip()
    assert drugs(recognizer, re.sub(r"[][]", "", text)) == [(name, meant)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Growth hormone (GH) therapy was begun.", ["Growth hormone", "GH"]),
        ("The serum angiotensin-converting enzyme (ACE) level was normal.", []),
        ("The renin-angiotensin-aldosterone system was active.", []),
        ("Tumor necrosis factor (TNF)-α was raised.", []),
        ("Rituximab (RTX) was given; (IV) fluids too.", ["Rituximab", "RTX"]),
    ],
)
def test_a_short_form_parts_what_is_no_name_of_a_drug(recognizer: Recognizer, text: str, names: list[str]) -> None:
    assert [name for name, _ in drugs(recognizer, text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chemotherapy with S-1 was given.", ["Chemotherapy", "S-1"]),
        ("She received oxaliplatin and S-1 for two months.", ["oxaliplatin", "S-1"]),
        ("Gemcitabine/S-1 was stopped.", ["Gemcitabine", "S-1"]),
        ("S-1 monotherapy followed.", ["S-1"]),
        ("The pain was at L5 and S-1.", []),
        ("The S-1 nerve root was compressed.", []),
        ("She took methotrexate, NO rash was seen.", ["methotrexate"]),
        ("He took L-dopa and l-dopa.", ["L-dopa", "l-dopa"]),
    ],
)
def test_short_names_of_drugs_need_what_shows_that_a_drug_is_meant(
    recognizer: Recognizer, text: str, names: list[str]
) -> None:
    assert [name for name, _ in drugs(recognizer, text)] == names
