"""What a name of a lexicon stands for."""

from dataclasses import dataclass
from typing import Literal

from pipeline.datamodel.vocabulary import MentionLabel

# When a name may be accepted: always; written in capitals; as a proper name or with a dose nearby; letter by letter;
# with a value beside it.
Match = Literal["any", "caps", "dose", "exact", "value"]
MATCHES: tuple[Match, ...] = ("any", "caps", "dose", "exact", "value")
MATCH_BITS = 3
MATCH_LABELS: tuple[MentionLabel, ...] = ("DRUG", "THERAPY", "CONDITION", "ANALYTE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One concept of a lexicon.

    Attributes:
        label: of the mentions that its names give.
        lexicon: the file it stands in, without ending.
        name: preferred name, lower case.
        code: ``system:code``, or empty.
        kind: of a drug ``drug``, ``class`` or ``regimen``; of another therapy its type in the contract's words;
            of an analyte ``count`` for a cell count; else empty.
        parts: of a combination its components' preferred names.
        ctcae_term, soc: of a condition, CTCAE v5's, empty where it has none.
        si_unit: of an analyte, the UCUM unit that its values are converted to.
    """

    label: MentionLabel
    lexicon: str
    name: str
    code: str = ""
    kind: str = ""
    parts: tuple[str, ...] = ()
    ctcae_term: str = ""
    soc: str = ""
    si_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabGrade:
    """One threshold of CTCAE: the value gets ``grade`` where it is beyond ``limit`` in ``direction``.

    Attributes:
        version: of CTCAE: ``4``, ``5`` or ``6``.
        term: CTCAE term, lower case.
        analyte: preferred name of the analyte.
        direction: ``low`` (value < limit) or ``high`` (value > limit).
        limit: a number in ``unit``; where ``relative`` is set, a multiple of that limit of the reference range.
        inclusive: the limit itself counts as beyond.
        relative: ``ULN``, ``LLN`` or empty.
    """

    version: str
    term: str
    analyte: str
    direction: Literal["low", "high"]
    grade: int
    limit: float
    unit: str = ""
    relative: str = ""
    inclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRange:
    """What a drug is usually given at, generously.

    Attributes:
        name: preferred name of the drug.
        route: of the output contract; empty for every route that works through the whole body.
        unit: UCUM.
        low, high: in ``unit``.
        per: ``dose`` for a single administration, ``day`` for a day's total.
    """

    name: str
    route: str
    unit: str
    low: float
    high: float
    per: Literal["dose", "day"]
