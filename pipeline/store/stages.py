"""What the stages made of a document, so that a changed setting, or changed code, re-does only what comes after it.

A stage's outcome is filed under what it was made of: the file's content and ending, the settings and the code of that
stage and of those before it.
"""

import hashlib
import io
import pickle
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import StorageError
from pipeline.files import write_atomically
from pipeline.fingerprint import code_digest, tesseract_stamp
from pipeline.settings import Settings, in_words

Made = TypeVar("Made")

_SPOILT = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, IndexError, pickle.UnpicklingError)
_SECTIONS = {"document": ("reading",), "mentions": ("reading", "ner")}
_LATER = {"document": ("ner", "normalizers", "linking"), "mentions": ("linking",)}
_ARRAYS = frozenset({("array", "array"), ("array", "_array_reconstructor")})


class StageStore:
    """Outcomes of stages in a folder, under the settings and the code as they are now.

    Args:
        folder: where they lie; made when the first is put in.
        settings: of the run.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._made_by = {stage: _made_by(stage, settings) for stage in _SECTIONS}

    def shelf(self, sha256: str, ending: str) -> "Shelf":
        """What is kept of one file.

        Args:
            sha256: hex digest of the file's bytes.
            ending: of the file's name, lower case with its dot.
        """
        names = {stage: _name(sha256, ending, made_by) for stage, made_by in self._made_by.items()}
        return Shelf({stage: self._folder / name[:2] / f"{name}.{stage}" for stage, name in names.items()})

    def prune(self, keep: Iterable[tuple[str, str]]) -> None:
        """Remove all but what is kept of the files ``(sha256, ending)``, and what a killed run left half written."""
        kept = {path for one in keep for path in self.shelf(*one).paths}
        for path in self._folder.glob("*/*"):
            if path not in kept:
                path.unlink(missing_ok=True)


class Shelf:
    """The stages' outcomes for one document."""

    def __init__(self, places: dict[str, Path]) -> None:
        self._places = places

    @property
    def paths(self) -> Iterable[Path]:
        """Where they lie."""
        return self._places.values()

    def had(self, stage: str, make: Callable[[], Made]) -> Made:
        """What is kept of ``stage``; where nothing is, or it is spoilt, ``make()``, which is kept then.

        Raises:
            StorageError: it cannot be written.
        """
        path = self._places.get(stage)
        if path is None:
            return make()
        try:
            kept: Made = _Reader(io.BytesIO(zlib.decompress(path.read_bytes()))).load()
            return kept
        except (*_SPOILT, zlib.error):
            pass
        made = make()
        try:
            write_atomically(path, zlib.compress(pickle.dumps(made, pickle.HIGHEST_PROTOCOL), 1))
        except OSError as error:
            raise StorageError(path.parent.parent, error) from error
        return made


NOTHING_KEPT = Shelf({})
"""Makes everything anew."""


class _Reader(pickle.Unpickler):
    """Reads the house's own types alone: a run directory may come from somebody else."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("pipeline.datamodel.") or (module, name) in _ARRAYS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a document")


def _made_by(stage: str, settings: Settings) -> str:
    sections = [in_words(getattr(settings, section)) for section in _SECTIONS[stage]]
    return "\n".join((*sections, code_digest(_LATER[stage]), tesseract_stamp()))


def _name(sha256: str, ending: str, made_by: str) -> str:
    parts = "\n".join((sha256, ending, made_by))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
