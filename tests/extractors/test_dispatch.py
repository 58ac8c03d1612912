"""The front door: a file is read by what it holds, and a bad one gets one clear line."""

from pathlib import Path

import pytest

from pipeline import extractors
from pipeline.datamodel import Source
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings

JATS = b"<article><front><article-meta/></front><body><p>She received 30 mg alemtuzumab.</p></body></article>"


def read(path: Path, settings: ReadingSettings | None = None):
    return extractors.extract(Source(doc_id=path.stem, path=str(path)), settings or ReadingSettings())


def failure(path: Path, settings: ReadingSettings | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(path, settings)
    assert "\n" not in caught.value.message
    return caught.value


def test_fills_the_source(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"A woman received prednisone.")
    document = read(file)
    assert document.text == "A woman received prednisone."
    assert document.source.media_type == "text/plain"
    assert len(document.source.sha256) == 64


def test_content_decides_where_the_name_says_nothing(tmp_path):
    file = tmp_path / "download"
    file.write_bytes(JATS)
    assert read(file).source.media_type == "application/jats+xml"


@pytest.mark.parametrize("name", ["a.xml", "a.nxml", "A.XML"])
def test_endings_of_jats(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(JATS)
    assert read(file).text == "She received 30 mg alemtuzumab."


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00"])
def test_empty(tmp_path, content):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert failure(file).code == "empty"


def test_missing_folder_and_unreadable(tmp_path):
    assert failure(tmp_path / "gone.txt").code == "unreadable"
    assert failure(tmp_path).code == "unreadable"


def test_too_large_names_the_setting(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"word " * 1000)
    error = failure(file, ReadingSettings(max_megabytes=0.001))
    assert error.code == "too_large"
    assert "max_megabytes" in error.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", b"Just a text about a patient."),
        ("a.txt", JATS),
        ("a.pdf", b"Just a text about a patient."),
        ("a.pdf", b"<html><body>not found</body></html>"),
        ("a.txt", b"%PDF-1.7\n1 0 obj\n"),
        ("a.xml", b"%PDF-1.7\n1 0 obj\n"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("a.pdf", b"PK\x03\x04\x14\x00\x06\x00"),
    ],
)
def test_not_what_its_ending_says(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    error = failure(file)
    assert error.code in {"wrong_ending", "binary"}
    assert error.message.startswith(f"named {Path(name).suffix}")


def test_unknown_kind(tmp_path):
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert failure(file).code == "unknown_kind"


def test_nul_in_text(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * 5000 + b"\x00 y")
    assert failure(file).code == "binary"


def test_raw_text_stays_untouched():
    text = "  First line.\n\n\tSecond ﬁne line \r\nThird"
    document = extractors.from_raw_text(text)
    assert document.text == text
    assert [document.slice(block) for block in document.blocks] == ["First line.", "Second ﬁne line", "Third"]


def test_raw_text_may_be_empty():
    assert extractors.from_raw_text("").blocks == ()
    assert extractors.from_raw_text(" \n").blocks == ()


def test_every_member_keeps_the_protocol():
    for member in extractors.formats():
        assert member.FORMAT
        assert member.MEDIA_TYPE
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in member.SUFFIXES)
        assert member.sniff(b"") in (True, False)
        assert callable(member.extract)


def test_the_catch_all_is_asked_last():
    assert extractors.formats()[-1].FORMAT == "plain text"
