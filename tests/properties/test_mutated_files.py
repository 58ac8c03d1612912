"""Spoilt files: whatever happened to a sample on its way, it is read, or is a bad document; never more than that.

The spoiling is drawn from fixed seeds, so that a failure comes again; it is bounded to stay within a minute.
"""

import random
import time
import zlib
from pathlib import Path

import pytest

from pipeline import extractors
from pipeline.datamodel import Document, Source, Span
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings

SAMPLES = sorted(path for path in Path("corpus/samples").resolve().iterdir() if path.is_file())
SETTINGS = ReadingSettings(max_seconds=10, ocr="off")
ROUNDS = 24
SHARE = 0.4  # seconds of work for each sample and way of spoiling it
SLACK = 5  # seconds that a reader may take beyond its limit on a busy machine
LEVELS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
BOMB = f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{LEVELS}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>endobj\n"
    b"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 4/Resources<</XObject<</X 4 0 R>>>>>>stream\n/X Do\n"
    b"endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def flipped(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.choice((1, 8, 64, 512))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def cut_out(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 2000) :]


def repeated(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randrange(1, 3000)]
    return content[:start] + piece * chance.randrange(2, 40) + content[start:]


def shuffled(content: bytes, chance: random.Random) -> bytes:
    size = chance.randrange(50, 1000)
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    head, rest = parts[0], parts[1:]
    chance.shuffle(rest)
    return head + b"".join(rest)


def other_numbers(content: bytes, chance: random.Random) -> bytes:
    """Digits changed: lengths, offsets and object numbers that lie."""
    places = [at for at, byte in enumerate(content) if 48 <= byte < 58]
    spoilt = bytearray(content)
    for at in chance.sample(places, min(len(places), chance.choice((1, 5, 40)))):
        spoilt[at] = chance.randrange(48, 58)
    return bytes(spoilt)


def other_streams(content: bytes, chance: random.Random) -> bytes:
    """What pages draw, spoilt beneath its compression."""
    parts = content.split(b"stream\n")
    at = chance.randrange(len(parts))
    try:
        drawn = zlib.decompressobj().decompress(parts[at])
    except zlib.error:
        return flipped(content, chance)
    parts[at] = zlib.compress(flipped(drawn, chance) if drawn else b"q " * 5000) + b"\nend"
    return b"stream\n".join(parts)


SPOILING = (flipped, truncated, cut_out, repeated, shuffled, other_numbers, other_streams)


def attempt(name: str, content: bytes, folder: Path) -> Document | None:
    path = folder / name
    path.write_bytes(content)
    begun = time.monotonic()
    told: list[DocumentError] = []
    document = None
    try:
        document = extractors.extract(Source(doc_id="d", path=str(path)), SETTINGS)
    except DocumentError as error:
        told.append(error)
    assert all(error.code and "\n" not in error.message for error in told)
    assert time.monotonic() - begun < SETTINGS.max_seconds + SLACK
    return document


def sound(document: Document) -> None:
    length, end = len(document.text), 0
    for block in document.blocks:
        assert end <= block.start < block.end <= length
        end = block.end
    for table in document.tables:
        assert all(table.covers(cell) for cell in table.cells)
    assert all(span.end <= length for span in (*document.repairs, *document.noisy))
    assert all(mark.offset <= mark.end <= length for mark in document.citations)
    if document.layout:
        starts, ends = list(document.layout.starts), list(document.layout.ends)
        assert starts == sorted(starts)
        assert all(a < b <= length for a, b in zip(starts, ends, strict=True))
        numbers = {page.number for page in document.pages}
        for block in document.blocks:
            assert {box.page for box in document.layout.boxes_of(block)} <= numbers
            assert document.page_of(Span(start=block.start, end=block.end)) in numbers
    assert document.text.encode("utf-8", "strict") is not None


@pytest.mark.parametrize("spoil", SPOILING, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_spoilt_samples(path: Path, spoil, tmp_path: Path) -> None:
    content = path.read_bytes()
    begun = time.process_time()
    for seed in range(ROUNDS):
        chance = random.Random(f"{path.name} {spoil.__name__} {seed}")
        document = attempt(path.name, spoil(content, chance), tmp_path)
        if document is not None:
            sound(document)
        if time.process_time() - begun > SHARE:
            break


@pytest.mark.parametrize(
    "body",
    [
        "<p>&i;</p>",
        "<sec>" * 5000 + "<p>x</p>" + "</sec>" * 5000,
        "<p>" + "<italic>" * 3000 + "x" + "</italic>" * 3000 + "</p>",
        "<p>" + "<xref>1</xref>" * 20000 + "</p>",
        "<table-wrap><table>"
        + "<tr>"
        + "<td colspan='99999' rowspan='99999'>1</td>" * 20
        + "</tr></table></table-wrap>",
        "<list><list-item>" * 2000,
        "<p>" + "a" * 500_000 + "</p>",
        "<p>" + "1×109/L " * 5000 + "</p>",
    ],
    ids=["entities", "sections", "inline", "marks", "spans", "open", "word", "numbers"],
)
@pytest.mark.parametrize("head", ["", BOMB, OUTSIDE], ids=["plain", "bomb", "outside"])
def test_hostile_xml(head: str, body: str, tmp_path: Path) -> None:
    document = attempt("d.xml", f"{head}<article><front/><body><p>text</p>{body}</body></article>".encode(), tmp_path)
    if document is not None:
        sound(document)
        assert "root:" not in document.text
        assert len(document.text) < 3_000_000


@pytest.mark.parametrize(
    "content",
    [
        "word " * 40_000,
        "a" * 300_000,
        "th e gen eration " * 4_000,
        "plate-\n" * 5_000,
        "[1,2]" * 10_000,
        "\f" * 10_000 + "text",
        "10(9)/L × " * 5_000,
        "References\n" + "1. A B. C. 2001;1:1.\n" * 2_000,
    ],
    ids=["words", "word", "torn", "hyphens", "marks", "pages", "powers", "references"],
)
def test_hostile_text(content: str, tmp_path: Path) -> None:
    document = attempt("d.txt", content.encode(), tmp_path)
    if document is not None:
        sound(document)


def test_a_pdf_that_refers_to_itself(tmp_path: Path) -> None:
    assert attempt("d.pdf", LOOP, tmp_path) is None
