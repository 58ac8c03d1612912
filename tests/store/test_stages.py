"""What stages made is found again as long as it would be made the same, and never trusted blindly."""

import pickle
import zlib
from pathlib import Path

import pytest

from pipeline import fingerprint
from pipeline.errors import StorageError
from pipeline.process import Corridor
from pipeline.settings import EvidenceSettings, NerSettings, ReadingSettings, Settings
from pipeline.store import stages
from pipeline.store.stages import StageStore

DEFAULT = Settings()


def stays(folder: Path, settings: Settings) -> list[str]:
    """The stages that need not be done again under other settings."""
    shelf = StageStore(folder, settings).shelf("a" * 64, ".pdf")
    return [stage for stage in ("document", "mentions") if shelf.had(stage, lambda: "anew") == "kept"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shelf = StageStore(tmp_path, DEFAULT).shelf("a" * 64, ".pdf")
    assert [shelf.had(stage, lambda: "kept") for stage in ("document", "mentions")] == ["kept", "kept"]
    return tmp_path


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        (DEFAULT, ["document", "mentions"]),
        (Settings(evidence=EvidenceSettings(ctcae_version="4")), ["document", "mentions"]),
        (Settings(ner=NerSettings(abbreviations=False)), ["document"]),
        (Settings(reading=ReadingSettings(max_pages=3)), []),
    ],
)
def test_a_changed_setting_redoes_the_stages_after_it(folder: Path, settings: Settings, kept: list[str]) -> None:
    assert stays(folder, settings) == kept


@pytest.mark.parametrize(
    ("room", "kept"), [("linking", ["document", "mentions"]), ("ner", ["document"]), ("extractors", [])]
)
def test_changed_code_redoes_the_stages_after_it(
    folder: Path, room: str, kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = fingerprint._contents()
    monkeypatch.setattr(fingerprint, "_contents", lambda: (*contents, (f"{room}/new.py", b"")))
    monkeypatch.setattr(stages, "code_digest", fingerprint.code_digest.__wrapped__)
    assert stays(folder, DEFAULT) == kept


def test_what_is_spoilt_or_foreign_is_made_anew(folder: Path) -> None:
    shelf = StageStore(folder, DEFAULT).shelf("a" * 64, ".pdf")
    path = next(iter(shelf.paths))
    for content in (b"", b"spoilt", zlib.compress(b"spoilt"), zlib.compress(pickle.dumps(Path("elsewhere")))):
        path.write_bytes(content)
        assert shelf.had("document", lambda: "anew") == "anew"
        assert shelf.had("document", lambda: "again") == "anew"


def test_pruning(folder: Path) -> None:
    store = StageStore(folder, DEFAULT)
    store.prune([("a" * 64, ".pdf")])
    assert stays(folder, DEFAULT) == ["document", "mentions"]
    store.prune([])
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_disk_that_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shelf = StageStore(tmp_path / "file", DEFAULT).shelf("a" * 64, ".pdf")
    with pytest.raises(StorageError, match="cannot write to"):
        shelf.had("document", lambda: "made")


def test_documents_come_back_as_they_were(corridor: Corridor, samples: list[Path], tmp_path: Path) -> None:
    from pipeline.datamodel import Source

    source = Source(doc_id="d", path=str(next(path for path in samples if path.suffix == ".pdf")))
    shelf = StageStore(tmp_path, DEFAULT).shelf("a" * 64, ".pdf")
    first = corridor.process(source, shelf)
    assert len(list(tmp_path.rglob("*.document"))) == len(list(tmp_path.rglob("*.mentions"))) == 1
    assert corridor.process(source, shelf) == first == corridor.process(source)
