"""``casebook doctor``: what is installed here."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pipeline
from pipeline.cli._arguments import Config
from pipeline.errors import CasebookError

if TYPE_CHECKING:
    from pipeline.settings import Settings

_NEEDED = ("spacy", "scispacy", "pdfplumber", "pypdfium2", "lxml", "pandas", "pyarrow", "pint", "ucumvert")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line: what was looked for, what was found, and whether casebook can do without it."""

    subject: str
    found: str
    good: bool = True


def command(config: Config = None) -> int:
    """Tell what is installed: versions, lexicons, models, OCR.

    Exits with 1 where something is missing that casebook cannot do without.

    Example:  casebook doctor
    """
    from rich.console import Console
    from rich.table import Table

    from pipeline.settings import load_settings

    settings = load_settings(config)
    findings = [*_machine(), *_packages(), *_lexicons(), *_models(settings), *_ocr(settings), *_cache()]
    shown = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        mark = "[green]ok[/green]" if finding.good else "[red]missing[/red]"
        shown.add_row(mark, finding.subject, finding.found)
    Console(highlight=False, soft_wrap=True).print(shown)
    return 0 if all(finding.good for finding in findings) else 1


def _machine() -> Iterator[Finding]:
    yield Finding(subject="casebook", found=pipeline.__version__)
    good = (3, 10) <= sys.version_info[:2] <= (3, 12)
    wanted = "" if good else " (casebook is tested with 3.10 to 3.12)"
    yield Finding(subject="Python", found=f"{platform.python_version()} {sys.executable}{wanted}", good=good)
    yield Finding(subject="machine", found=f"{platform.platform()}, {os.cpu_count()} cores")


def _packages() -> Iterator[Finding]:
    from pipeline.fingerprint import version_of

    for name in _NEEDED:
        version = version_of(name)
        yield Finding(subject=name, found=version or "not installed: pip install casebook", good=bool(version))


def _lexicons() -> Iterator[Finding]:
    from pipeline.lexicon import FOLDER, load_lexicons
    from pipeline.lexicon.tables import paths, read, stem

    try:
        versions = load_lexicons().versions
        for path in paths(FOLDER):
            name = stem(path)
            header = versions.get(name) or read(path).header
            told = f"{len(read(path).rows):,} rows, version {header.get('version', '?')}, {header.get('licence', '')}"
            yield Finding(subject=f"lexicon {name}", found=told)
    except (OSError, CasebookError) as error:
        yield Finding(subject="lexicons", found=str(error), good=False)


def _models(settings: "Settings") -> Iterator[Finding]:
    from importlib.metadata import distributions

    from pipeline.fingerprint import version_of

    yield _reader(settings.ner.model)
    names = sorted({str(dist.metadata["Name"]) for dist in distributions()})
    found = [name for name in names if name.replace("-", "_").startswith(("en_core_sci_", "en_ner_"))]
    told = ", ".join(f"{name} {version_of(name)}" for name in found)
    yield Finding(subject="scispaCy models", found=told or "none (not needed)")


def _reader(name: str) -> Finding:
    from pipeline.ner.model_reader import NONE, model_hash, shipped

    folder = shipped()
    if name and name != NONE:
        return Finding(subject="model", found=name)
    if name == NONE or folder is None:
        return Finding(subject="model", found="none (rules and lexicons only)")
    return Finding(subject="model", found=f"casebook {model_hash(folder)} {folder}")


def _ocr(settings: "Settings") -> Iterator[Finding]:
    from pipeline.fingerprint import tesseract

    if settings.reading.ocr == "off":
        yield Finding(subject="OCR", found='off (reading.ocr = "off"): scanned PDFs fail')
        return
    found = _version_line(tesseract())
    yield Finding(
        subject="OCR", found=found or "none: scanned PDFs fail; install tesseract-ocr (casebook[ocr]) to read them"
    )


def _version_line(where: str) -> str:
    if not where:
        return ""
    try:
        said = subprocess.run([where, "--version"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return where
    lines = (said.stdout or said.stderr).splitlines()
    return f"{lines[0].strip() if lines else ''} {where}".strip()


def _cache() -> Iterator[Finding]:
    from pipeline.cache import folder

    place = folder()
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) if place.is_dir() else 0
    yield Finding(subject="cache of lexicons", found=f"{place}, {size / 1e6:.1f} MB")
