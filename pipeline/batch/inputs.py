"""Which files a run reads, and what they are called in its tables."""

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.remote import digests, is_remote, listed, name_of
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.datamodel import Source

CACHE = ".cache"
"""What a run directory keeps for the next run, in this folder of it."""

_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff/\\]")
_FORMULA = re.compile(r"^['=+\-@]")
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input file.

    Attributes:
        doc_id: the file's name without its ending, made unique within the run.
        path: as given.
        sha256: hex digest of its bytes; empty where they could not be read.
        problem: why they could not; empty where they could.
        key: under which its result is stored.
        copy: 0, or how many files of the same name and content stand before it.
        stem: the file's name without its ending.
        rank: how faithful a source its ending promises to be, 0 the best.
    """

    doc_id: str
    path: str
    sha256: str = ""
    problem: str = ""
    key: str = ""
    copy: int = 0
    stem: str = ""
    rank: int = 0

    @property
    def ending(self) -> str:
        """The file name's ending, lower case with its dot."""
        return Path(name_of(self.path)).suffix.lower()

    @property
    def source(self) -> "Source":
        """What the stages are given."""
        from pipeline.datamodel import Source

        return Source(doc_id=self.doc_id, path=self.path, sha256=self.sha256)


def gather(
    given: Sequence[Path | str], endings: Iterable[str], output: Path, shard: tuple[int, int] = (1, 1)
) -> tuple[Input, ...]:
    """The inputs of a run, hashed, in the order of their names.

    Args:
        given: files, which are taken whatever they are called, and folders, which are searched; addresses (``s3://``)
            too.
        endings: of the files that are taken from folders, the most faithful format first.
        output: the run directory, which is never searched.
        shard: which part of them, from 1, of how many. Each file is in one part, and those of one name are in the same.

    Raises:
        UsageError: a path does not exist, or nothing is there to read.
    """
    ranked = tuple(endings)
    paths = _distinct(_expand([Path(one) for one in given if not is_remote(str(one))], ranked, output))
    paths += dict.fromkeys(path for one in given if is_remote(str(one)) for path in listed(str(one), ranked))
    if not paths:
        places = ", ".join(_shown(one) for one in given)
        raise UsageError(f"nothing to read in {places}: no file ends in {', '.join(sorted(ranked))}")
    found = [_Found.of(path, ranked) for path in paths]
    found.sort(key=lambda one: (one.stem.casefold(), one.stem, one.rank, one.path))
    hashed = _all_hashed(_part(list(_named(found)), shard), output / CACHE)
    seen: Counter[tuple[str, str]] = Counter()
    inputs = []
    for one in hashed:
        same = (Path(one.path).stem, one.sha256)
        inputs.append(replace(one, copy=seen[same]))
        seen[same] += 1
    return tuple(inputs)


def _part(named: list[Input], shard: tuple[int, int]) -> list[Input]:
    """Names are given before, so that a file is called the same in its part as in the whole."""
    part, parts = shard
    if parts == 1:
        return named
    numbers: dict[str, int] = {}
    return [one for one in named if numbers.setdefault(one.stem.casefold(), len(numbers)) % parts == part - 1]


def refuse_overwriting(inputs: Iterable[Input], folder: Path) -> None:
    """See that no text that is to be written into ``folder`` would replace an input.

    Raises:
        UsageError: one would.
    """
    for one in inputs:
        target = folder / f"{one.doc_id}.txt"
        if target.exists() and os.path.realpath(target) == os.path.realpath(one.path):
            raise UsageError(f"{_shown(target)} is an input and would be overwritten: name another output folder")


def _expand(given: Sequence[Path], endings: tuple[str, ...], output: Path) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            if path.resolve() == output.resolve():
                raise UsageError(f"{_shown(path)} is both input and output: name another output folder")
            yield from _search(path, endings, output)
        elif path.exists() or path.is_symlink():
            yield path
        else:
            raise UsageError(f"no such file or folder: {_shown(path)}")


def _search(folder: Path, endings: tuple[str, ...], output: Path) -> Iterator[Path]:
    """Files under ``folder``; hidden ones and those that a run wrote are passed by."""
    apart = output.resolve()

    def refuse(error: OSError) -> None:
        where = _shown(Path(error.filename))
        raise UsageError(f"cannot list {where}: {(error.strerror or '').lower()}; check its permissions")

    for place, names, files in os.walk(folder, onerror=refuse):
        names[:] = sorted(n for n in names if not n.startswith(".") and not _is_run(Path(place, n), apart))
        for name in files:
            if not name.startswith(".") and name.lower().endswith(endings):
                yield Path(place, name)


def _is_run(folder: Path, output: Path) -> bool:
    return folder.resolve() == output or ((folder / "run.json").exists() and (folder / "datapackage.json").exists())


def _distinct(paths: Iterable[Path]) -> list[str]:
    found = {os.path.realpath(path): os.fspath(path) for path in reversed(list(paths))}
    return list(found.values())


def _shown(path: Path | str) -> str:
    return os.fspath(path).encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A file with its name less its ending, and how faithful a source its ending promises, 0 the best."""

    path: str
    stem: str
    rank: int

    @classmethod
    def of(cls, path: str, endings: tuple[str, ...]) -> "_Found":
        name = name_of(path)
        # ``PMC1.bioc.json`` is called PMC1.
        ending = max((e for e in endings if name.lower().endswith(e) and len(name) > len(e)), key=len, default="")
        rank = endings.index(ending) if ending else len(endings)
        return cls(path=path, stem=name[: -len(ending)] if ending else Path(name).stem, rank=rank)


def _named(found: Sequence[_Found]) -> Iterator[Input]:
    """Inputs with their ``doc_id``: the name without its ending, fit for a file name and different from the others'.

    Names that differ only by case are made different too: not every file system tells them apart.
    """
    taken: set[str] = {_folded(_doc_id(one.stem)) for one in found}
    used: set[str] = set()
    for one in found:
        name, number = _doc_id(one.stem), 1
        candidate = name
        while _folded(candidate) in used or (number > 1 and _folded(candidate) in taken):
            number += 1
            candidate = f"{name}~{number}"
        used.add(_folded(candidate))
        yield Input(doc_id=candidate, path=one.path, stem=one.stem, rank=one.rank)


def _doc_id(stem: str) -> str:
    name = _UNFIT.sub("_", stem).strip() or "_"
    while len(name.encode()) > _LONGEST:
        name = name[:-1]
    return f"_{name}" if _FORMULA.match(name) else name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _all_hashed(named: list[Input], cache: Path) -> list[Input]:
    addresses = [one.path for one in named if is_remote(one.path)]
    told = digests(addresses, cache) if addresses else {}

    def hashed(one: Input) -> Input:
        if one.path not in told:
            return _hashed(one)
        sha256, problem = told[one.path]
        return replace(one, sha256=sha256, problem=problem)

    return [hashed(one) for one in named]


def _hashed(one: Input) -> Input:
    try:
        if not Path(one.path).is_file():
            raise OSError("not a regular file")
        with Path(one.path).open("rb") as file:
            digest = hashlib.sha256()
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return replace(one, problem=f"cannot be read ({reason}); check the file and its permissions")
    return replace(one, sha256=digest.hexdigest())
