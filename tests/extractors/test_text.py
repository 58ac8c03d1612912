"""Plain text: pages pasted from a PDF become paragraphs, what is sound stays as it is, and nothing is guessed."""

import pytest

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import text
from pipeline.settings import ReadingSettings

PASTED = """ Rituximab in refractory pemphigus*
 Abstract:  Pemphigus is a rare disease of the skin and mucous mem-
branes. We report a man whose disease had not responded to treat-
ment with steroids.
INTRODUCTION
Pemphigus is rare and affects less than\t

5% of all patients of a dermatology clinic, most of them between the
ages of 40 and 60 years.1,2 It often becomes refractory to steroids.

CASE REPORT
A 61-year-old man with hypertension was referred for erosions. His
platelet count was 18×109/L and rose to 0.2 x 10 6/L in the next
week; T-
cell counts were low. He received rituximab 375 mg/m2 and the
 Figure 1: Erosions before treat-
ment (a) and after (b).

A B

dose was repeated after 14 days. CD20-
positive cells disappeared and the skin healed with-

out scars. At 6 months he was well, as is shown in
Fig. 2. Then steroids were stopped.
"""


def read(content: str | bytes) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    document = text.extract(Source(doc_id="d", path="d.txt"), raw, ReadingSettings())
    assert_sound(document)
    return document


def assert_sound(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.start
        assert document.slice(block) == document.slice(block).strip()
        end = block.end
    for repair in document.repairs:
        assert document.slice(repair) != repair.original
    for mark in document.citations:
        assert mark.end == mark.offset or document.text[mark.offset : mark.end] == mark.text


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.slice(block)) for block in document.blocks]


def test_a_pasted_page_becomes_paragraphs():
    document = read(PASTED)
    assert shown(document) == [
        ("title", "Rituximab in refractory pemphigus*"),
        ("heading", "Abstract:"),
        (
            "paragraph",
            "Pemphigus is a rare disease of the skin and mucous membranes. We report a man whose disease had not "
            "responded to treatment with steroids.",
        ),
        ("heading", "INTRODUCTION"),
        (
            "paragraph",
            "Pemphigus is rare and affects less than 5% of all patients of a dermatology clinic, most of them between "
            "the ages of 40 and 60 years. It often becomes refractory to steroids.",
        ),
        ("heading", "CASE REPORT"),
        (
            "paragraph",
            "A 61-year-old man with hypertension was referred for erosions. His platelet count was 18×10⁹/L and rose "
            "to 0.2 x 10 6/L in the next week; T-cell counts were low. He received rituximab 375 mg/m2 and the dose "
            "was repeated after 14 days. CD20-positive cells disappeared and the skin healed without scars. At 6 "
            "months he was well, as is shown in Fig. 2. Then steroids were stopped.",
        ),
        ("caption", "Figure 1: Erosions before treatment (a) and after (b)."),
    ]
    assert document.metadata.title == "Rituximab in refractory pemphigus*"


def test_what_was_changed_is_told():
    document = read(PASTED)
    changed = {(repair.kind, repair.original, document.slice(repair)) for repair in document.repairs}
    assert ("hyphen", "mem-\nbranes.", "membranes.") in changed
    assert ("exponent", "109", "10⁹") in changed
    assert ("line_break", "T-\ncell", "T-cell") in changed
    assert [mark.text for mark in document.citations] == ["1,2"]
    assert [(aside.reason, aside.text) for aside in document.set_aside] == [("figure_text", "A B")]


CORPUS = """A 71-year-old woman with heart failure presented to the ward.
Blood pressure was  55/40 mmHg.
Haemoglobin\t9.8 g/dL
She received aspirin
and recovered."""


def test_one_line_a_sentence_stays_as_it_is():
    document = read(CORPUS)
    assert document.text == CORPUS
    assert [kind for kind, _ in shown(document)] == ["paragraph"] * 5


def test_long_paragraphs_and_lists_stay_as_they_are():
    content = (
        "What is the treatment?\n\nFirst-Line Options\n\n  • Photopheresis 10 mg\n  • Bexarotene\n\n1. Age\n\n"
        "Therapy is hard."
    )
    document = read(content)
    assert shown(document) == [
        ("title", "What is the treatment?"),
        ("heading", "First-Line Options"),
        ("list", "• Photopheresis 10 mg"),
        ("list", "• Bexarotene"),
        ("list", "1. Age"),
        ("paragraph", "Therapy is hard."),
    ]


def test_markdown_headings():
    document = read("# A case\n## Abstract\nA man was ill.\n## References\n1. Roe J. 2010.\n")
    assert [(block.kind, block.level, document.slice(block)) for block in document.blocks] == [
        ("heading", 1, "A case"),
        ("heading", 2, "Abstract"),
        ("paragraph", 0, "A man was ill."),
        ("heading", 2, "References"),
        ("reference", 0, "1. Roe J. 2010."),
    ]
    title = "Case Report: An Unusual Rash after the Withdrawal of Dapsone"
    assert read(f"# {title}\n## Abstract\nA man was ill.\n").metadata.title == title


def test_stray_marks_leave_the_sentence():
    document = read(
        "This regimen is available as a concentrate of 12\n1\nmilligram for infusion and it is given to all of the\n"
        "patients who need it and are willing to take it for a\nlong time."
    )
    assert document.text.startswith("This regimen is available as a concentrate of 12 milligram for infusion")
    assert [aside.reason for aside in document.set_aside] == ["reference_mark"]


def test_numbers_among_numbers_are_no_marks():
    document = read("The counts were taken on\ndays and are as fol-\nlows in this small list:\n12\n18\n49\n")
    assert document.text.endswith("12 18 49")


def test_references_are_entries():
    document = read(
        "The disease is rare and its treat-\nment is not known to most of the\nphysicians.\n\nREFERENCES\n"
        "1. Roe J, Doe K. A case of a rare dis-\nease of the skin. J Cases 2010.\n"
        "2. Poe E. Another case. J Cases\n2011.\n"
    )
    assert [words for kind, words in shown(document) if kind == "reference"] == [
        "1. Roe J, Doe K. A case of a rare disease of the skin. J Cases 2010.",
        "2. Poe E. Another case. J Cases 2011.",
    ]


def test_rubric_and_title():
    document = read(
        "Letters to the Editor\n\nSuccessful treatment of\nrefractory disease with rituximab\n"
        "TO THE EDITOR: The disease is known to be\nrare and we saw one more case of it which is\nreported here.\n"
    )
    assert shown(document)[:3] == [
        ("front", "Letters to the Editor"),
        ("title", "Successful treatment of refractory disease with rituximab"),
        ("heading", "TO THE EDITOR:"),
    ]


def test_form_feeds_are_pages():
    document = read(
        "The first page ends in the mid-\ndle of a sentence that goes\non"
        "\fwith this on the second page and\nis done.\n\nA new one."
    )
    assert document.text.startswith("The first page ends in the middle of a sentence that goes on with this")
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_of(document.blocks[0]) == 1
    assert document.page_of(document.blocks[-1]) == 2


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings(codec):
    assert read("Sézary’s µg.".encode(codec)).text == "Sézary’s µg."


def test_running_heads_and_page_numbers_are_put_aside():
    bodies = (
        "The disease is rare and its treat-\nment is not known to most of the",
        "physicians who see it in their prac-\ntice. Some of them give steroids and",
        "others wait until the skin has hea-\nled. Most of the patients do well.",
    )
    sheets = [f"Roe et al. A rare case {page}\n{body}\n{page}" for page, body in enumerate(bodies, 11)]
    document = read("\f".join(sheets))
    assert "Roe" not in document.text
    assert document.text.startswith("The disease is rare and its treatment is not known to most of the physicians who")
    assert [aside.reason for aside in document.set_aside] == ["running_head", "page_number"] * 3


@pytest.mark.parametrize("sign", ["-", "\u00ad", "\ufffe", "\x02"])
def test_every_hyphen_of_a_line_s_end(sign):
    first = f"The treat{sign}\nment of the disease is not\nknown to most physi{sign}\ncians."
    document = read(f"{first}\n\nNothing is known{sign}")
    last = "Nothing is known-" if sign == "-" else "Nothing is known"
    assert document.text == f"The treatment of the disease is not known to most physicians.\n\n{last}"


def test_words_with_lost_characters_are_noisy():
    document = read("The S\ufffdzary cell was seen.")
    assert [document.slice(span) for span in document.noisy] == ["S\ufffdzary"]


def test_labels_of_an_abstract_are_below_it():
    document = read(
        "Abstract. Background: The disease is rare and its treat-\nment is not known. Conclusions are\n"
        "open to all who\nread this.\nConclusions: it may be treat-\ned with success.\n"
        "Introduction. The disease was first seen in\nthe year 1990.\n"
    )
    assert [(block.level, document.slice(block)) for block in document.blocks if block.kind == "heading"] == [
        (1, "Abstract."),
        (2, "Background:"),
        (2, "Conclusions:"),
        (1, "Introduction."),
    ]


def test_line_ends_of_other_systems():
    assert read("One.\r\nTwo.\rThree.").text == "One.\nTwo.\nThree."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Sézary".encode("cp1252"), "encoding"),
        (b"\xff\xfeS", "encoding"),
        ("plain".encode("utf-16-le"), "binary"),
        (b"12 34 56", "no_text"),
    ],
)
def test_bad_text(content, code):
    with pytest.raises(DocumentError) as caught:
        read(content)
    assert caught.value.code == code
    assert "\n" not in caught.value.message


def test_the_way_out_is_named():
    with pytest.raises(DocumentError, match="iconv"):
        read("Sézary".encode("latin-1"))


TABLED = (
    "A 40-year-old woman had nephritis.\n"
    "[TABLE] Table 1 Laboratory findings.\n"
    "\tWeek 1\tWeek 4\n"
    "Creatinine (mg/dL)\t2.7\t3.1\n"
    "Albumin (g/dL)\t\t4.3\n"
    "She recovered.\n"
)


def test_lines_with_tabs_are_a_table():
    document = read(TABLED)
    (table,) = document.tables
    assert table.caption == "Table 1 Laboratory findings."
    told = [(document.slice(c), c.row, c.column, c.header, c.label, c.is_header) for c in table.cells]
    assert told == [
        ("Week 1", 0, 1, (), "", True),
        ("Week 4", 0, 2, (), "", True),
        ("Creatinine (mg/dL)", 1, 0, (), "", False),
        ("2.7", 1, 1, ("Week 1",), "Creatinine (mg/dL)", False),
        ("3.1", 1, 2, ("Week 4",), "Creatinine (mg/dL)", False),
        ("Albumin (g/dL)", 2, 0, (), "", False),
        ("4.3", 2, 2, ("Week 4",), "Albumin (g/dL)", False),
    ]
    assert [block.kind for block in document.blocks][-2:] == ["table", "paragraph"]
    assert document.text.endswith("She recovered.")


@pytest.mark.parametrize(
    "content",
    [
        "Drug\tDose\nRituximab\t375 mg\nIt was given.",
        "1)\tThe first of the criteria is met.\n2)\tThe second one is met too.\n3)\tThe third one is not met.",
        "Smith A\t" + "a long line of words " * 4 + "\n" + ("Jones B\t" + "a long line of words " * 4 + "\n") * 3,
    ],
)
def test_two_lines_lists_and_sentences_are_no_tables(content):
    assert read("A report of a case.\n" + content).tables == ()
