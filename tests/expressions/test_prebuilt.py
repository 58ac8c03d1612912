"""Patterns from the cache are those that ``re`` compiles."""

import re
from pathlib import Path

import pytest

from pipeline.expressions import prebuilt

PATTERNS = {"a": r"(?P<span>\d+)\s*(?:mg|µg)(?!\w)", "b": r"(?i:é+)|(?<=x)y{2,3}?", "c": r"[Α-ωß]+(\d)\1"}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_CACHE", str(tmp_path))
    monkeypatch.setattr(prebuilt, "_WORTH", 0)


def same() -> bool:
    made = prebuilt.compile_all("test", PATTERNS, re.IGNORECASE)
    wanted = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in PATTERNS.items()}
    return all(
        made[name].regex == wanted[name] and made[name].regex.groupindex == wanted[name].groupindex for name in wanted
    )


def test_the_same_patterns_first_and_again(tmp_path: Path) -> None:
    assert same()
    assert len(list(tmp_path.rglob("test-*.bin"))) == 1
    assert same()
    assert prebuilt.compile_all("test", PATTERNS, re.IGNORECASE)["a"].search("15 MG")


def test_a_spoilt_cache_does_no_harm(tmp_path: Path) -> None:
    assert same()
    (kept,) = tmp_path.rglob("test-*.bin")
    whole = kept.read_bytes()
    for spoilt in (b"", whole[: len(whole) // 2], whole.replace(b"\x18\x00\x00\x00", b"\xff\xff\x00\x00")):
        kept.write_bytes(spoilt)
        assert same()


def test_a_wrong_pattern_is_named() -> None:
    with pytest.raises(ValueError, match=r"^b: "):
        prebuilt.compile_all("test", {"a": "x", "b": "(x"}, re.IGNORECASE)
