"""What every input format promises."""

from pathlib import Path
from types import ModuleType

import pytest

from pipeline import extractors, registry
from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings

SETTINGS = ReadingSettings()
SAMPLES = sorted(path for path in Path("corpus/samples").resolve().iterdir() if path.is_file())
MEMBERS = registry.members(extractors)
each_member = pytest.mark.parametrize("member", MEMBERS, ids=lambda m: m.__name__.rsplit(".", 1)[-1])
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)


def source(path: Path) -> Source:
    return Source(doc_id=path.stem, path=str(path))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {path.name: extractors.extract(source(path), SETTINGS) for path in SAMPLES}


@each_member
def test_member_says_what_it_reads(member: ModuleType) -> None:
    assert member.FORMAT
    assert "/" in member.MEDIA_TYPE
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in member.SUFFIXES)


@each_member
@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"%PDF-1.7\n%%EOF", b"<article", b"{", bytes(range(256)) * 8])
def test_bad_bytes_are_a_bad_document_and_no_more(member: ModuleType, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"bad{member.SUFFIXES[0]}"
    path.write_bytes(content)
    told = []
    try:
        extractors.extract(source(path), SETTINGS)
    except DocumentError as error:
        told.append((error.code, error.message.count("\n")))
    assert all(code and not line_breaks for code, line_breaks in told)


@each_sample
def test_every_format_but_its_own_leaves_a_sample_alone(path: Path) -> None:
    head = path.read_bytes()[:4096]
    sniffing = [m for m in MEMBERS if m.sniff(head) and not getattr(m, "CATCH_ALL", False)]
    owners = [m for m in MEMBERS if path.suffix in m.SUFFIXES]
    assert [m for m in sniffing if m not in owners] == []


@each_sample
def test_blocks_are_in_order_and_hold_words(path: Path, documents: dict[str, Document]) -> None:
    document = documents[path.name]
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.slice(block).strip()
        end = block.end
    assert {"title", "paragraph"} <= {block.kind for block in document.blocks}


@each_sample
def test_cells_lie_in_their_table(path: Path, documents: dict[str, Document]) -> None:
    for table in documents[path.name].tables:
        assert all(table.covers(cell) for cell in table.cells)


@each_sample
def test_paged_inputs_know_where_each_word_stood(path: Path, documents: dict[str, Document]) -> None:
    document = documents[path.name]
    if path.suffix != ".pdf":
        assert document.page_of(document.blocks[0]) is None
        return
    assert document.layout
    for block in document.blocks:
        page = document.page_of(block)
        assert page in {p.number for p in document.pages}
        assert document.layout.boxes_of(block)


@each_sample
def test_reading_twice_gives_the_same(path: Path, documents: dict[str, Document]) -> None:
    again = extractors.extract(source(path), SETTINGS)
    first = documents[path.name]
    assert (again.text, again.blocks, again.tables, again.repairs) == (
        first.text,
        first.blocks,
        first.tables,
        first.repairs,
    )


@each_sample
def test_front_matter_is_read(path: Path, documents: dict[str, Document]) -> None:
    metadata = documents[path.name].metadata
    assert metadata.title
    assert metadata.doi.startswith("10.5555/casebook.")


def test_words_stand_as_printed(documents: dict[str, Document]) -> None:
    ctcl = " ".join(documents["ctcl_alemtuzumab.pdf"].text.split())
    assert "18.4 × 10⁹/L with 41% Sézary cells" in ctcl
    assert "300 mg/m²/day" in ctcl
    assert "109/L" not in ctcl
    letter = " ".join(documents["letter_two_patients.txt"].text.split())
    assert "ten patients tofacitinib 11 mg daily" in letter
    assert "four weeks" not in letter
