"""The columns that all fact tables and the evidence table share."""

from dataclasses import dataclass
from operator import attrgetter

from pipeline.datamodel.vocabulary import Assertion, Attribution, Flag, ReviewStatus, SectionKind, words
from pipeline.tables._column import Column, ForeignKey, enum, integer, listing, number, text
from pipeline.tables._empty import why_empty
from pipeline.tables._keys import Entry

SHARED: tuple[Column, ...] = (
    text(
        "evidence_id",
        "Stable key: the same fact in the same document has the same id in every run and on every machine.",
        required=True,
        of=attrgetter("evidence_id"),
    ),
    text("doc_id", "The document that states the fact.", required=True, of=attrgetter("doc_id")),
    text("case_id", "The patient; empty where attribution is not patient.", of=attrgetter("case_id")),
    enum(
        "attribution",
        Attribution,
        "Whom the fact is about: a patient that this document reports, a cohort (a group of patients or a cited "
        "study), a recommendation (of a guideline or label), or background (definitions, reference ranges).",
        required=True,
    ),
    enum("assertion", Assertion, "What the text says of the fact.", required=True),
    number(
        "confidence",
        "How likely the row is right: of the rows that say 0.8, about 80 % are.",
        required=True,
        minimum=0,
        maximum=1,
    ),
    listing("flags", f"Why a curator should look: {', '.join(words(Flag))}."),
    enum(
        "review_status",
        ReviewStatus,
        "Whether a curator has decided on the row.",
        required=True,
        of=lambda entry: "auto",
    ),
    enum("section", SectionKind, "The kind of section in which the quote stands.", required=True),
    integer("page", "1-based page of the input on which the quote starts; empty where it has none.", minimum=1),
    integer(
        "start",
        "Offset of the quote's first character (code point) in text/<doc_id>.txt, from 0.",
        required=True,
        minimum=0,
    ),
    integer("end", "Offset after the quote's last character.", required=True, minimum=1),
    text("quote", "The words that carry the fact, to the letter, at its fullest mention.", required=True),
    integer("mentions", "How often the document states the fact.", required=True, minimum=1),
)

EXPLANATION: tuple[Column, ...] = (
    listing("rules", "What found the row and its slots: patterns, lexicons, models, linking rules."),
    text("cue", "The words or the place that decided the attribution."),
    listing(
        "empty",
        "Why cells are empty, as column=reason: not_reported (nothing was found), ambiguous or conflict.",
        of=why_empty,
    ),
)

DOCUMENT_KEY = ForeignKey(column="doc_id", table="documents", key="doc_id")
CASE_KEY = ForeignKey(column="case_id", table="cases", key="case_id")
REGIMEN_KEY = ForeignKey(column="regimen_id", table="regimens", key="regimen_id")
EVIDENCE_KEY = ForeignKey(column="evidence_id", table="evidence", key="evidence_id")

regimen_id = text(
    "regimen_id",
    "The regimen that the row belongs to, <case_id>#<n>, or <doc_id>#<n> where there is no case.",
    of=attrgetter("regimen_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """A fact in the words of the evidence table, where the four kinds stand side by side."""

    term: str
    code: str = ""
    value_low: float | None = None
    value_high: float | None = None
    unit: str = ""
    category: str = ""
    grade: int | None = None
    time_days: float | None = None
    summary: str = ""


def fact_columns(*own: Column) -> tuple[Column, ...]:
    """Shared columns, the table's own, and what explains the row."""
    return (*SHARED, *own, *EXPLANATION)


def told(entry: Entry, summary: str) -> str:
    """One readable sentence: of whom, how sure the text is, and what it says."""
    fact = entry.fact
    who = f"Patient {fact.case}" if fact.case is not None else fact.attribution.capitalize()
    hedge = {"affirmed": "", "negated": "no ", "uncertain": "possibly ", "planned": "planned: "}[fact.assertion]
    return f"{who}: {hedge}{summary}."
