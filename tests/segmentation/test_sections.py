"""Sections from names, markup and wording."""

import pytest

from pipeline.segmentation import segment
from tests.segmentation.report import Report

STORY = (
    "A 57-year-old woman was admitted with fever. She received prednisone 40 mg. Her platelet count rose on day 8. "
    "The patient was discharged on day 12."
)
KNOWLEDGE = (
    "The disease is a rare disorder of adults [3]. Studies have shown that patients with it respond to steroids [4]. "
    "Adams et al. reported that most patients recover [5]. It may be fatal in children."
)


def kinds(document):
    """Kind of the section of each sentence, by its first words."""
    return {document.slice(s).split(".")[0][:30]: s.section for s in document.sentences}


def test_headings_name_their_sections():
    report = Report().heading("1. Introduction").paragraph("It is rare.").heading("2. Case Report").paragraph(STORY)
    document = segment(report.heading("3. Discussion").paragraph(KNOWLEDGE).document())
    assert [s.kind for s in document.sections] == ["introduction", "case", "discussion"]
    assert document.sections[1].heading == "2. Case Report"


def test_a_nested_section_inherits():
    report = Report().heading("Case report").paragraph(STORY).heading("Sigmoid resection", 2).paragraph("It was done.")
    document = segment(
        report.heading("Discussion").paragraph(KNOWLEDGE).heading("Treatment", 2).paragraph("Rest.").document()
    )
    assert kinds(document)["It was done"] == "case"
    assert kinds(document)["Rest"] == "discussion"


def test_a_dotted_number_lies_below_its_section_whatever_the_markup_says():
    report = Report().heading("2. Case report").paragraph(STORY).heading("2.1. Resection").paragraph("It was done.")
    document = segment(report.heading("3. Discussion").paragraph(KNOWLEDGE).document())
    assert kinds(document)["It was done"] == "case"


def test_a_heading_that_says_nothing_between_parts_of_the_case_is_of_the_case():
    report = Report().heading("Case report").paragraph(STORY).heading("Step 1").paragraph("The skin was cut.")
    report = report.heading("Clinical course").paragraph("She was well.").heading("Sigmoid").paragraph("It is long.")
    document = segment(report.heading("Discussion").paragraph(KNOWLEDGE).document())
    assert kinds(document)["The skin was cut"] == "case"
    assert kinds(document)["It is long"] != "case"


def test_the_inputs_own_markup_goes_first():
    report = Report().paragraph("Background: It is rare.", "abstract").paragraph("Case report: He was ill.", "abstract")
    document = segment(report.heading("Case").paragraph(STORY).document())
    assert kinds(document)["Case report: He was ill"] == "abstract"


def test_a_structured_abstract_with_labels_in_its_paragraph():
    text = "Abstract. Background: It is rare. Case report: He was given steroids. Conclusions: It works."
    report = Report().paragraph(text).paragraph("Introduction. The disease is old.")
    document = segment(report.paragraph(f"Case report. {STORY}").paragraph(f"Discussion. {KNOWLEDGE}").document())
    assert [s.kind for s in document.sections] == ["abstract", "introduction", "case", "discussion"]


def test_text_before_the_first_heading_is_the_abstract_unless_it_cites():
    told = segment(Report().paragraph("We report a case of it.").heading("Case").paragraph(STORY).document())
    assert told.sections[0].kind == "abstract"
    cites = segment(Report().paragraph("It is rare [2].").heading("Case").paragraph(STORY).document())
    assert cites.sections[0].kind == "introduction"


def test_a_letter_without_headings_is_told_by_its_wording():
    document = segment(Report().paragraph(KNOWLEDGE).paragraph(STORY).paragraph(KNOWLEDGE).document())
    assert [s.kind for s in document.sections] == ["introduction", "case", "discussion"]
    assert document.slice(document.sections[1]).startswith("A 57-year-old")


def test_a_case_without_a_discussion_heading_ends_with_its_story():
    report = Report().heading("Case").paragraph(STORY).paragraph(KNOWLEDGE).paragraph(KNOWLEDGE)
    document = segment(report.document())
    assert kinds(document)["Adams et al"] == "discussion"


@pytest.mark.parametrize("heading", ["Acknowledgements", "Conflict of Interests", "Funding", "Author Contributions"])
def test_declarations_are_kept_out(heading):
    document = segment(Report().heading("Case").paragraph(STORY).heading(heading).paragraph("We thank.").document())
    assert "We thank" not in kinds(document)


def test_key_words_in_a_paragraph_end_with_it():
    report = Report().heading("Abstract").paragraph("It is rare.").paragraph("Keywords. fever; rash")
    document = segment(report.paragraph(f"{KNOWLEDGE} {STORY}").document())
    assert "fever; rash" not in kinds(document)
    assert any(s.kind == "case" for s in document.sections)


def test_an_articles_category_is_no_section():
    report = Report().heading("Case Report").heading("Adams A, Berg B").paragraph("We report a rash.")
    document = segment(
        report.heading("Case report").paragraph(STORY).heading("Discussion").paragraph(KNOWLEDGE).document()
    )
    assert [s.kind for s in document.sections].count("case") == 1


def test_a_review_has_no_case():
    report = Report("Uses of alemtuzumab: a review").heading("Introduction").paragraph(KNOWLEDGE)
    document = segment(report.heading("Treatment").paragraph(KNOWLEDGE).document())
    assert not [s for s in document.sections if s.kind == "case"]


def test_sections_do_not_overlap_and_captions_lie_in_theirs():
    report = Report().heading("Case").paragraph(STORY).add("caption", "Figure 1. The skin of the patient.")
    document = segment(report.heading("Discussion").paragraph(KNOWLEDGE).document())
    assert all(a.end <= b.start for a, b in zip(document.sections, document.sections[1:], strict=False))
    caption = next(s for s in document.sentences if s.block == "caption")
    assert caption.section == "caption"
    assert document.sections[0].covers(caption)


LABELLED = ("Background: It is rare.", "Methods: We asked.", "Results: They told.", "Conclusions: It is so.")


def headed(document):
    return [(s.kind, s.heading) for s in document.sections]


@pytest.mark.parametrize("tail", [(), ("Trial registration: NCT0.",)])
def test_a_labelled_abstract_ends_with_its_last_part(tail):
    report = Report("A study of rash").heading("Abstract")
    for text in (*LABELLED, *tail, "Rashes are seldom asked about.", "So we asked about them."):
        report = report.paragraph(text)
    document = segment(report.heading("Methods").paragraph("We asked all.").document())
    assert [s.kind for s in document.sections] == ["title", "abstract", "introduction", "methods"]
    assert document.slice(document.sections[2]).startswith("Rashes are")


def test_an_abstract_goes_on_after_parts_that_do_not_end_it():
    report = Report().heading("Abstract")
    for text in (*LABELLED[:2], "We asked some twice.", *LABELLED[2:]):
        report = report.paragraph(text)
    document = segment(report.heading("Introduction").paragraph("Rashes are seldom asked about.").document())
    assert [s.kind for s in document.sections] == ["abstract", "introduction"]


def test_no_abstract_is_as_long_as_an_article():
    report = Report("On rash").heading("Abstract").paragraph("We speak of rash.")
    for _ in range(9):
        report = report.paragraph("Rashes are seldom asked about in the towns that we know of. " * 9)
    document = segment(report.document())
    assert [s.kind for s in document.sections] == ["title", "abstract", "other"]
    assert document.slice(document.sections[1]).endswith("We speak of rash.")


def test_what_markup_calls_the_abstract_stays_one():
    report = Report("On rash").heading("Abstract", section="abstract")
    for text in (*LABELLED, "It was asked in a town."):
        report = report.paragraph(text, "abstract")
    document = segment(report.heading("Methods").paragraph("We asked all.").document())
    assert [s.kind for s in document.sections] == ["title", "abstract", "methods"]


def test_headings_of_an_abstract_are_told_by_those_that_come_again():
    report = Report("A study of rash").heading("Abstract").heading("Background").paragraph("It is rare.")
    report = report.heading("Results").paragraph("They told.").heading("Introduction").paragraph("It was known [1].")
    document = segment(report.heading("Results").paragraph("All of them told.").document())
    assert headed(document)[1:] == [
        ("abstract", "Abstract"),
        ("abstract", "Background"),
        ("abstract", "Results"),
        ("introduction", "Introduction"),
        ("results", "Results"),
    ]


def test_patients_and_limits_belong_to_the_part_they_stand_in():
    report = Report().heading("Methods").paragraph("We asked.").heading("Limitations", 2).paragraph("Some were mute.")
    report = report.heading("Results").paragraph("They told.").heading("Patients", 2).paragraph("Nine were asked.")
    assert [s.kind for s in segment(report.document()).sections] == ["methods", "methods", "results", "results"]


def test_a_study_tells_of_its_patients_in_its_results():
    report = Report().heading("Methods").paragraph("We asked.").heading("Results").paragraph("They told.")
    document = segment(report.heading("Discussion").paragraph(STORY).paragraph(KNOWLEDGE).document())
    assert [s.kind for s in document.sections] == ["methods", "results", "discussion"]


@pytest.mark.parametrize(
    "heading", ["Methods/design", "METHODS AND ANALYSIS", "2. Study protocol", "Exclusion criteria", "Eligibility"]
)
def test_a_protocol_names_its_methods_in_its_own_way(heading):
    report = Report().heading("Background").paragraph("It is rare.").heading(heading).paragraph("All are asked.")
    assert [s.kind for s in segment(report.document()).sections] == ["introduction", "methods"]


def test_plain_sentences_that_end_a_report_are_its_storys_end():
    document = segment(Report().paragraph(STORY + " No fever remained at the end.").document())
    assert [section.kind for section in document.sections] == ["case"]
