"""Words that name something, and ties between them."""

from dataclasses import dataclass

from pipeline.datamodel.span import Span
from pipeline.datamodel.values import Value
from pipeline.datamodel.vocabulary import Assertion, MentionLabel, RelationLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """A span of the text that names a drug, a dose, a value …

    Attributes:
        text: the slice of the document; always ``document.text[start:end]``.
        rule: what found it: ``lexicon:drugs``, ``pattern:DOSE.per_kg``, ``model:casebook`` …
        entry: of a lexicon hit, the key that the lexicon resolves (an in-text abbreviation's long form); else ``text``.
        assertion: what the sentence says of it.
        status: a therapy's or event's standing where a cue tells it: ``refused``, ``considered``, ``not_given``,
            ``stopped``, ``family``, ``historical``, ``conditional``; else empty.
        cue: the words that decided ``assertion`` or ``status``, empty where none did.
        confidence: 0 to 1.
        value: what it means; None before normalization.
    """

    label: MentionLabel
    text: str
    rule: str
    entry: str = ""
    assertion: Assertion = "affirmed"
    status: str = ""
    cue: str = ""
    confidence: float = 1.0
    value: Value | None = None

    def __post_init__(self) -> None:
        if len(self.text) != self.end - self.start or self.start < 0:
            raise ValueError(f"{self.label} {self.text!r} does not fit {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie between two mentions, head → tail, as CONTRACT names them (``DOSE_OF``: dose → drug)."""

    head: Mention
    tail: Mention
    label: RelationLabel
    rule: str
    confidence: float = 1.0
