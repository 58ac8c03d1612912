"""What a disease brought about, or the patient died of, is not blamed on a drug that stands beside it."""

import pytest

TITLE = "Dapsone for urticarial vasculitis: a case report"
OPENING = "A 57-year-old woman was diagnosed with urticarial vasculitis."


def _blamed(read, text):
    rows = read(text, title=TITLE, opening=OPENING).result.toxicities
    return [(r.term_text, r.therapies) for r in rows if r.case and r.assertion == "affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "Dapsone was administered, but she died of respiratory failure.",
        "She started dapsone but died the same day due to hemolysis, intracranial hemorrhage.",
        "She had renal dysfunction due to glomerulosclerosis with a history of dapsone therapy.",
        "Regardless of dapsone, her low back pain caused by bone metastases deteriorated.",
    ],
)
def test_a_named_cause_ends_the_blame(read, text):
    assert _blamed(read, text) == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("She developed a rash due to dapsone.", "rash"),
        ("She developed a rash caused by dapsone allergy.", "rash"),
        ("She died of sepsis due to dapsone.", "sepsis"),
        ("After two courses of dapsone, she died of sepsis due to bone marrow suppression.", "sepsis"),
    ],
)
def test_a_drug_that_is_the_cause_is_blamed(read, text, event):
    assert (event, ("dapsone",)) in _blamed(read, text)
