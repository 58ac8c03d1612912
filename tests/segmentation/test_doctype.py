"""What kind of article a document is."""

from dataclasses import replace

import pytest

from pipeline.segmentation import segment
from tests.segmentation.report import Report
from tests.segmentation.test_patients import OTHER
from tests.segmentation.test_sections import KNOWLEDGE, STORY


def told(report):
    return segment(report.document()).doc_type


def test_a_case_report_and_a_series():
    assert told(Report("Rash in a patient with lymphoma").heading("Case").paragraph(STORY)) == "case_report"
    series = Report().heading("Case 1").paragraph(STORY).heading("Case 2").paragraph(OTHER)
    assert told(series) == "case_series"


def test_the_article_type_of_the_input_is_heard():
    assert told(Report("Rash", "case-report").paragraph(STORY)) == "case_report"
    assert told(Report("Rash", "review-article").paragraph(KNOWLEDGE)) == "review"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Guidelines for the treatment of lymphoma", "guideline"),
        ("What is the treatment for Sezary syndrome?", "guideline"),
        ("Alemtuzumab in autoimmune disease: a systematic review", "review"),
        ("A phase II open-label study of anlotinib", "trial"),
        ("A retrospective cohort study of lymphoma", "other"),
    ],
)
def test_titles_tell(title, expected):
    assert told(Report(title).heading("Introduction").paragraph(KNOWLEDGE)) == expected


def test_a_text_that_tells_nothing_is_other():
    assert told(Report().paragraph("The sky is blue.")) == "other"
    assert segment(Report().document()).doc_type == "other"


def test_a_lone_abstract_with_a_story_is_a_case_report():
    assert told(Report().paragraph(f"We report a case of rash. {STORY}")) == "case_report"


def test_segmenting_changes_nothing_that_was_there():
    document = Report("Rash").heading("Case").paragraph(f"{STORY} It is rare [3].").document()
    segmented = segment(document)
    for name in ("text", "blocks", "tables", "citations", "source"):
        assert getattr(segmented, name) == getattr(document, name)
    assert segmented.metadata == replace(document.metadata, language="en")
