"""Hand-made results, for the rooms that come after the reading."""

from dataclasses import replace

import pytest

from pipeline.datamodel import (
    Case,
    DocumentResult,
    Failure,
    Measurement,
    Metadata,
    Reading,
    Regimen,
    Response,
    Source,
    Toxicity,
)

TEXT = (
    "A woman of 61 received alemtuzumab 30 mg subcutaneously three times a week.\n"
    "Platelets fell to 18 ×10⁹/L and she had grade 4 neutropenia.\n"
    "The skin cleared by 80 %.\n"
)


def _at(quote: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote), "section": "case", "case": 1, "page": 2}


REGIMEN = Regimen(
    **_at("alemtuzumab 30 mg subcutaneously three times a week"),
    group=1,
    therapy="alemtuzumab",
    therapy_text="alemtuzumab",
    therapy_code="UNII:3A189DH42V",
    role="index",
    dose_low=30.0,
    dose_high=30.0,
    dose_unit="mg",
    route="subcutaneous",
    per_week=3.0,
    days=(1, 3, 5),
    status="stopped",
    stop_reason="toxicity",
    confidence=0.8,
    rules=("lexicon:drugs", "pattern:DOSE.plain"),
)
MEASUREMENT = Measurement(
    **_at("Platelets fell to 18 ×10⁹/L"),
    analyte="platelets",
    analyte_text="Platelets",
    value_low=18.0,
    value_high=18.0,
    unit="10*9/L",
    si_value_low=18.0,
    si_value_high=18.0,
    si_unit="10*9/L",
    abnormal="low",
    phase="on_treatment",
)
TOXICITY = Toxicity(
    **_at("grade 4 neutropenia"),
    group=1,
    therapies=("alemtuzumab",),
    term="neutrophil count decreased",
    term_text="neutropenia",
    grade=4,
    grade_source="stated",
    causality="suspected",
    serious=False,
    flags=("ambiguous_link",),
    notes=("ambiguous_link: Alemtuzumab and gemcitabine were both given that week",),
    confidence=0.5,
)
RESPONSE = Response(
    **_at("The skin cleared by 80 %"),
    group=1,
    therapies=("alemtuzumab",),
    category="PR",
    category_text="cleared by 80 %",
    compartment="skin",
    value_low=80.0,
    value_high=80.0,
    unit="%",
    flags=("low_confidence",),
    confidence=0.3,
)


@pytest.fixture
def result() -> DocumentResult:
    """One invented patient with one row in each fact table."""
    return DocumentResult(
        source=Source(doc_id="woman", path="papers/woman.pdf", sha256="ab" * 32, media_type="application/pdf"),
        text=TEXT,
        metadata=Metadata(title="A woman with =odd= skin", year=2015, language="en"),
        doc_type="case_report",
        reading=Reading(n_pages=3, n_chars=len(TEXT), set_aside={"running_head": 12}, repairs={"exponent": 1}),
        cases=(Case(number=1, age_years=61.0, sex="female", diagnosis="mycosis fungoides", comorbidities=("asthma",)),),
        regimens=(REGIMEN,),
        responses=(RESPONSE,),
        toxicities=(TOXICITY,),
        measurements=(MEASUREMENT,),
    )


@pytest.fixture
def failed() -> DocumentResult:
    """A document that could not be read."""
    return DocumentResult(
        source=Source(doc_id="locked", path="papers/locked.pdf", sha256="cd" * 32),
        failure=Failure(code="encrypted", message="the PDF is\nencrypted; save it without a password"),
    )


@pytest.fixture
def other(result: DocumentResult) -> DocumentResult:
    """Another document, with two rows of the same quote and one without a case."""
    source = Source(doc_id="letter", path="papers/letter.txt", sha256="ef" * 32, media_type="text/plain")
    cohort = replace(RESPONSE, attribution="cohort", case=None, group=None, n_responders=14, n_total=20)
    return replace(result, source=source, measurements=(MEASUREMENT, MEASUREMENT), responses=(cohort,))
