import pytest

from pipeline.datamodel import Document, Mention, Sentence, Source
from pipeline.lexicon import load_lexicons
from pipeline.ner import Recognizer
from pipeline.settings import NerSettings

SOURCE = Source(doc_id="letter", path="letter.txt")


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(NerSettings(), load_lexicons())


def document(*texts: str, block: str = "paragraph") -> Document:
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(start=start, end=start + len(text), section="case", block=block))  # type: ignore[arg-type]
        start += len(text) + 1
    return Document(source=SOURCE, text="\n".join(texts), sentences=tuple(sentences))


def found(recognizer: Recognizer, *texts: str) -> list[tuple[str, str]]:
    labels = ("DRUG", "THERAPY", "CONDITION", "ANALYTE")
    return [(m.label, m.text) for m in recognizer.recognize(document(*texts)) if m.label in labels]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She was given alemtuzumab (Campath).", [("DRUG", "alemtuzumab"), ("DRUG", "Campath")]),
        (
            "heparin-induced thrombocytopenia",
            [("DRUG", "heparin"), ("CONDITION", "thrombocytopenia")],
        ),
        (
            "He had Graves’ disease and Crohn's disease.",
            [("CONDITION", "Graves’ disease"), ("CONDITION", "Crohn's disease")],
        ),
        ("Platelet transfusions were of no use.", [("THERAPY", "Platelet transfusions")]),
        ("WBC 9.6, Na 131 and K: 4.5", [("ANALYTE", "WBC"), ("ANALYTE", "Na"), ("ANALYTE", "K")]),
        ("Age\tHb (g/dL)\tNa, mmol/L\tK (mm)", [("ANALYTE", "Hb"), ("ANALYTE", "Na")]),
        ("The abscesses were incised and drained.", [("CONDITION", "abscesses"), ("THERAPY", "incised and drained")]),
        ("Aspirin 75 mg b.i.d. was given.", [("DRUG", "Aspirin")]),
        ("After six cycles of AC he was well.", [("DRUG", "AC")]),
        ("An AC current flowed.", []),
        ("She took Soma 350 mg at night.", [("DRUG", "Soma")]),
        ("Staining for CK7 and a T2-weighted image", []),
        ("We can be all ears in May.", []),
        ("fever, chills", [("CONDITION", "fever"), ("CONDITION", "chills")]),
        ("R-CHOP and FK506", [("DRUG", "R-CHOP"), ("DRUG", "FK506")]),
    ],
)
def test_sentence(recognizer: Recognizer, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(recognizer, text) == expected


def test_definition_of_the_document_goes_before_the_lexicon(recognizer: Recognizer) -> None:
    first, second = "Mycosis fungoides (MF) was found.", "The MF improved."
    mentions = recognizer.recognize(document(first, second))
    short = [m for m in mentions if m.text == "MF"]
    assert [(m.label, m.entry) for m in short] == [("CONDITION", "Mycosis fungoides")] * 2


def test_definition_that_means_something_else_silences_the_lexicon(recognizer: Recognizer) -> None:
    assert ("DRUG", "LV") not in found(recognizer, "The left ventricle (LV) was wide.", "The LV was 60 mm.")


def test_references_are_not_read(recognizer: Recognizer) -> None:
    assert recognizer.recognize(document("Smith J. Rituximab in lymphoma.", block="reference")) == ()


@pytest.mark.parametrize(
    "text", ["", "𝟙𝟘 mg 💊 rituximab", "Se\u0301zary’s cells\r\n12", "''''", "CD4+" * 40, "(((SS) a (b) c", "\u0301"]
)
def test_any_text_keeps_its_offsets(recognizer: Recognizer, text: str) -> None:
    report = document(text) if text else Document(source=SOURCE, text="")
    mentions = recognizer.recognize(report)
    assert all(report.text[m.start : m.end] == m.text for m in mentions)
    assert list(mentions) == sorted(mentions, key=lambda m: (m.start, m.end, m.label))
    assert len(mentions) == len({(m.start, m.end, m.label) for m in mentions})


def test_state_of_one_document_does_not_reach_the_next(recognizer: Recognizer) -> None:
    defined = document("Left ventricle (LV) was wide.")
    plain = document("She got LV 20 mg.")
    before = recognizer.recognize(plain)
    recognizer.recognize(defined)
    assert recognizer.recognize(plain) == before


def test_mentions_say_what_found_them(recognizer: Recognizer) -> None:
    mentions: tuple[Mention, ...] = recognizer.recognize(document("Zolvatinib cured the ileal damage by CHOP."))
    assert [m.rule for m in mentions if m.label != "RESPONSE"] == ["name:ending", "name:head", "lexicon:regimens"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("calcium 9.2 mg/dL", ["ANALYTE"]),
        ("calcium 500 mg daily", ["ANALYTE", "DRUG"]),
        ("glucose was 95 mg / dL", ["ANALYTE"]),
        ("potassium supplements", ["ANALYTE", "DRUG"]),
        ("thrombocytopenia of 20 × 10⁹/L", ["ANALYTE", "CONDITION"]),
        ("thrombocytopenia after 2 weeks", ["CONDITION"]),
    ],
)
def test_substance_of_the_body_is_a_drug_with_a_dose_only(recognizer: Recognizer, text: str, labels: list[str]) -> None:
    assert [label for label, _ in found(recognizer, text)] == labels
