import importlib.metadata
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import fingerprint, store
from pipeline.datamodel import Box, DocumentResult, Metadata
from pipeline.store import ResultStore, decode, encode, key_of


def test_results_come_back_as_they_were(result: DocumentResult, failed: DocumentResult) -> None:
    boxed = replace(result.regimens[0], boxes=(Box(page=1, x0=1.5, y0=2, x1=3, y1=4),))
    for one in (result, failed, replace(result, regimens=(boxed,)), replace(result, text="a\ud800 😀 é\r\n")):
        assert decode(encode(one)) == one
        assert type(decode(encode(one)).cases) is tuple


def test_put_get_drop_prune(tmp_path: Path, result: DocumentResult) -> None:
    kept = ResultStore(tmp_path)
    assert kept.get("aa1") is None
    kept.put("aa1", result)
    kept.put("bb2", result)
    assert kept.get("aa1") == result
    assert kept.has("bb2")
    kept.prune(["aa1"])
    assert not kept.has("bb2")
    kept.drop("aa1")
    assert not kept.has("aa1")


def test_front_matter_is_had_without_the_rest(tmp_path: Path, result: DocumentResult, failed: DocumentResult) -> None:
    kept = ResultStore(tmp_path)
    told = Metadata(title='On "metadata":{} and "failure":{}', doi="10.5555/a")
    for key, one in (("aa1", replace(result, metadata=told, text=told.title)), ("bb2", failed), ("cc3", result)):
        kept.put(key, one)
    assert [kept.metadata(key) for key in ("aa1", "bb2", "cc3")] == [told, None, result.metadata]
    with pytest.raises(FileNotFoundError):
        kept.metadata("dd4")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": 1', b'{"unknown": 1}', b"\x00\xff"])
def test_a_spoilt_result_is_none(tmp_path: Path, result: DocumentResult, content: bytes) -> None:
    kept = ResultStore(tmp_path)
    kept.put("aa1", result)
    next(tmp_path.rglob("*.json")).write_bytes(content)
    assert kept.get("aa1") is None


def test_the_key_holds_all_that_a_result_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {key_of("a", ".pdf", "s"), key_of("b", ".pdf", "s"), key_of("a", ".txt", "s"), key_of("a", ".pdf", "t")}
    monkeypatch.setattr(store, "code_digest", lambda: "other")
    keys.add(key_of("a", ".pdf", "s"))
    assert len(keys) == 5


def test_the_code_digest_sees_lexicons_and_not_the_tables() -> None:
    names = [name for name, _ in fingerprint._contents()]
    assert any(name.startswith("lexicons/") for name in names)
    assert fingerprint.code_digest() != fingerprint.package_digest()


def test_versions_are_those_of_the_installer() -> None:
    for name in ("typer", "pdfplumber", "lxml", "spacy"):
        assert fingerprint.version_of(name) == importlib.metadata.version(name)
    assert fingerprint.version_of("no-such-thing") == ""
