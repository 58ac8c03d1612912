"""What one document becomes: the record of its reading, its cases and its facts."""

from dataclasses import dataclass, field

from pipeline.datamodel.document import Metadata, Source
from pipeline.datamodel.facts import Case, Measurement, Regimen, Response, Toxicity
from pipeline.datamodel.vocabulary import DocType


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a document could not be read: a stable code and one line with the reason and the remedy."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How faithfully the input was read, in characters of the input.

    ``set_aside`` counts characters by reason; ``repairs`` counts repairs by kind.
    """

    n_pages: int = 0
    n_chars: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    repairs: dict[str, int] = field(default_factory=dict)
    noisy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """One document's outcome; with ``failure`` set, everything after ``source`` is empty."""

    source: Source
    failure: Failure | None = None
    text: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    doc_type: DocType = "other"
    reading: Reading = field(default_factory=Reading)
    cases: tuple[Case, ...] = ()
    regimens: tuple[Regimen, ...] = ()
    responses: tuple[Response, ...] = ()
    toxicities: tuple[Toxicity, ...] = ()
    measurements: tuple[Measurement, ...] = ()
