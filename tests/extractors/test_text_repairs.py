"""Repairs of a plain text: torn words, odd characters, flattened powers, fallen reference marks."""

import pytest

from pipeline.datamodel import Document, Source
from pipeline.extractors import text
from pipeline.settings import ReadingSettings


def read(content: str) -> Document:
    return text.extract(Source(doc_id="d", path="d.txt"), content.encode(), ReadingSettings())


TORN = """Intro duction: Alemtu zumab is a new gen eration mon oclonal antibody with
wi th specific indication for relapsing multipl e scl erosis and its
appli cations in the immun ological fiel d have begun, su ch as trans plants in
patients with B and T cells and vitamin K in blood at 12 0 mg. Alemtuzumab is
potent, alemtuzumab is given twice and it may be low in price.
"""


def test_torn_words_are_joined():
    document = read(TORN)
    assert "Alemtuzumab is a new generation monoclonal antibody with with specific indication" in document.text
    assert "applications in the immunological field have begun, such as transplants" in document.text
    assert "B and T cells and vitamin K in blood at 12 0 mg." in document.text
    assert "it may be low in price" in document.text
    assert ("joined", "gen eration") in {(repair.kind, repair.original) for repair in document.repairs}


def test_sound_texts_are_never_joined():
    sentence = "His counts may be low and some one in a typical case so me and how ever it is.\n"
    assert read(sentence).text == sentence.strip()


@pytest.mark.parametrize(
    ("line", "text_", "kind"),
    [
        ("He had ﬁbrosis.", "He had fibrosis.", "ligature"),
        ("He had fib\u00adrosis.", "He had fibrosis.", "character"),
        ("He had fib\u200brosis.", "He had fibrosis.", "character"),
        ("An eco\ufffenomic aim.", "An economic aim.", "hyphen"),
        ("A CD4\ufffepositive cell.", "A CD4-positive cell.", "hyphen"),
        ("A SÃ©zary cell.", "A Sézary cell.", "character"),
        ("At â‰¥5Âµg it was.", "At ≥5µg it was.", "character"),
        ("Count 12 × 109/L.", "Count 12 × 10⁹/L.", "exponent"),
        ("Count 1.1 × 109 / L.", "Count 1.1 × 10⁹ / L.", "exponent"),
        ("Count 0.3x103/µl.", "Count 0.3x10³/µl.", "exponent"),
        ("Count 4 x 10(9)/L.", "Count 4 x 10⁹/L.", "exponent"),
        ("Dose 2 × 106/kg.", "Dose 2 × 10⁶/kg.", "exponent"),
        ("Count 5 x 1012/L.", "Count 5 x 10¹²/L.", "exponent"),
    ],
)
def test_single_repairs(line, text_, kind):
    document = read(line)
    assert document.text == text_
    assert [repair.kind for repair in document.repairs] == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "It was 109/L and 106 mg/L.",
        "He took 2 x 103 mg/day.",
        "It was 10 x 10 cm.",
        "Pressure 109/65 mmHg.",
        "Count 10^9/L.",
        "The years 2 × 1095/L.",
    ],
)
def test_what_is_not_certain_stays(line):
    assert read(line).text == line


@pytest.mark.parametrize(
    ("line", "text_"),
    [
        ("It is rare.1,2 We report one.", "It is rare. We report one."),
        ("It began in 2011.5 This woman was treated.", "It began in 2011. This woman was treated."),
        ("Patients (60%).3 We saw.", "Patients (60%). We saw."),
        ("Prior treatment4,7, with response.", "Prior treatment, with response."),
        ("The dose was 2.5 We saw.", "The dose was 2.5 We saw."),
        ("See Fig.3 The skin.", "See Fig.3 The skin."),
        ("Mutation c.54-8 T/C was seen.", "Mutation c.54-8 T/C was seen."),
        ("Sie sagte „Fuß” und „É–A”.", "Sie sagte „Fuß” und „É–A”."),
        ("On days1,3 of a cycle.", "On days1,3 of a cycle."),
        ("Shown before [3]. Then 4 [1–9] days.", "Shown before [3]. Then 4 [1–9] days."),
    ],
)
def test_reference_marks(line, text_):
    assert read(line).text == text_
