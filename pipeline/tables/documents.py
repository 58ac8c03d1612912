"""documents.csv: an input file, read or failed."""

from collections.abc import Iterator

from pipeline.datamodel.vocabulary import DocType, words
from pipeline.tables._column import Cell, Column, Table, boolean, integer, integers, listing, text
from pipeline.tables._keys import Record


def _entries(record: Record) -> Iterator[Record]:
    yield record


def _when_read(path: str) -> dict[str, object]:
    """A cell that only a document that was read has."""
    first, *rest = path.split(".")

    def cell(record: Record) -> Cell:
        if record.result.failure:
            return None
        value = getattr(record.result, first)
        for name in rest:
            value = getattr(value, name)
        return value  # type: ignore[no-any-return]

    return {"of": cell}


def _tally(counts: dict[str, int]) -> tuple[str, ...]:
    return tuple(f"{name}={count}" for name, count in sorted(counts.items()))


def _error(record: Record) -> str:
    failure = record.result.failure
    return " ".join(failure.message.split()) if failure else ""


def _flag_count(record: Record) -> int:
    return sum(len(entry.fact.flags) for entry in record.facts)


COLUMNS: tuple[Column, ...] = (
    text(
        "doc_id",
        "The input's file name without its ending, made unique within the run.",
        required=True,
        of=lambda record: record.result.source.doc_id,
    ),
    text("path", "The input file as it was given.", required=True, of=lambda record: record.result.source.path),
    text(
        "sha256",
        "SHA-256 of the file's bytes; empty where they could not be read.",
        of=lambda record: record.result.source.sha256,
    ),
    text("media_type", "What the file is, by its content.", of=lambda record: record.result.source.media_type),
    text(
        "status",
        "Whether the document was read.",
        required=True,
        enum=("ok", "failed"),
        of=lambda record: "failed" if record.result.failure else "ok",
    ),
    text("error", "Why it was not read, and the remedy; one line.", of=_error),
    text("title", "Title of the article.", **_when_read("metadata.title")),
    text("doi", "Its DOI.", **_when_read("metadata.doi")),
    text("pmid", "Its PubMed id.", **_when_read("metadata.pmid")),
    text("pmcid", "Its PubMed Central id.", **_when_read("metadata.pmcid")),
    integer("year", "Year of publication.", **_when_read("metadata.year")),
    text(
        "language",
        "Language of the text, ISO 639-1: as the text shows it, else as the file states it.",
        **_when_read("metadata.language"),
    ),
    text("doc_type", "What kind of article it is.", enum=words(DocType), **_when_read("doc_type")),
    integer(
        "n_pages",
        "Pages of the input; empty where it has none.",
        minimum=0,
        of=lambda record: record.result.reading.n_pages or None,
    ),
    integer(
        "n_chars",
        "Characters of the canonical text.",
        minimum=0,
        of=lambda record: None if record.result.failure else len(record.result.text),
    ),
    integer(
        "n_cases", "Patients that the document reports.", required=True, minimum=0, of=lambda record: len(record.cases)
    ),
    integer("n_rows", "Rows in the four fact tables.", required=True, minimum=0, of=lambda record: len(record.facts)),
    integer("n_flags", "Flags on these rows.", required=True, minimum=0, of=_flag_count),
    text(
        "used_instead",
        "doc_id of a better copy of the same article (the same name or DOI, another format), from which its rows are.",
        of=lambda record: record.result.used_instead,
    ),
    integer(
        "n_chars_page",
        "Visible characters (white space and markup left out) of the input; empty where they are not counted.",
        minimum=0,
        of=lambda record: record.result.reading.n_chars_page or None,
    ),
    integer(
        "n_set_aside",
        "Those of them that the text leaves out on purpose.",
        minimum=0,
        of=lambda r: None if r.result.failure else sum(r.result.reading.set_aside.values()),
    ),
    listing(
        "set_aside",
        "What they were, characters by reason (running_head=120): running heads, page numbers, references …",
        of=lambda record: _tally(record.result.reading.set_aside),
    ),
    integer(
        "n_lost",
        "Those that are neither in the text nor set aside; empty where they are not counted.",
        minimum=0,
        of=lambda r: r.result.reading.n_lost if r.result.reading.n_chars_page else None,
    ),
    integers(
        "lossy_pages",
        "1-based pages that lose text: characters without a place, or a picture of text that was not read.",
        of=lambda record: record.result.reading.lossy_pages,
    ),
    integer(
        "n_repairs",
        "Changes that reading made to what the file holds (hyphens, ligatures, exponents …).",
        minimum=0,
        of=lambda r: None if r.result.failure else sum(r.result.reading.repairs.values()),
    ),
    listing("repairs", "Repairs by kind.", of=lambda record: _tally(record.result.reading.repairs)),
    boolean(
        "noisy", "Parts of the text are so garbled that rows from them are flagged.", **_when_read("reading.noisy")
    ),
)

TABLE = Table(
    name="documents",
    description="One row is an input file, read or failed.",
    columns=COLUMNS,
    primary_key="doc_id",
    entries=_entries,
)
