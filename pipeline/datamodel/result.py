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
    """How faithfully the input was read.

    Attributes:
        n_chars: length of the text.
        n_chars_page: visible characters (white space and markup left out) of the input; 0 where they are not counted.
        set_aside: visible characters that the text leaves out on purpose, by reason.
        n_lost: visible characters that are neither in the text nor set aside.
        lossy_pages: 1-based pages that lose text of the body.
        repairs: repairs by kind.
    """

    n_pages: int = 0
    n_chars: int = 0
    n_chars_page: int = 0
    n_lost: int = 0
    lossy_pages: tuple[int, ...] = ()
    set_aside: dict[str, int] = field(default_factory=dict)
    repairs: dict[str, int] = field(default_factory=dict)
    noisy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """One document's outcome; with ``failure`` set, everything after it is empty.

    ``used_instead`` is the ``doc_id`` of a better copy of the same article, which the rows are taken from.
    """

    source: Source
    failure: Failure | None = None
    used_instead: str = ""
    text: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    doc_type: DocType = "other"
    reading: Reading = field(default_factory=Reading)
    cases: tuple[Case, ...] = ()
    regimens: tuple[Regimen, ...] = ()
    responses: tuple[Response, ...] = ()
    toxicities: tuple[Toxicity, ...] = ()
    measurements: tuple[Measurement, ...] = ()
