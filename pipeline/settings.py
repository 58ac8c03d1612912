"""What a user can set, with defaults that suit published case reports.

Settings come from ``casebook.toml`` (``--config``) and the command line. Their hash is part of the key
under which results are cached.
"""

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import UsageError
from pipeline.toml import TOMLDecodeError, read_toml


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingSettings(_Section):
    """Bounds on what is read; a document beyond them fails with a clear message."""

    max_megabytes: float = Field(default=200, gt=0, description="largest input file")
    max_pages: int = Field(default=2000, gt=0, description="most pages of one PDF")
    max_seconds: float = Field(default=120, gt=0, description="longest time for one document")
    max_memory_megabytes: float = Field(default=3000, ge=0, description="most memory for one document; 0: no limit")
    ocr: Literal["auto", "off"] = Field(
        default="auto", description="whether pages without a text layer are read by tesseract where it is installed"
    )
    max_seconds_ocr: float = Field(default=900, gt=0, description="longest time for the OCR of one document, on top")


class NerSettings(_Section):
    """Which readers look for mentions."""

    model: str = Field(
        default="",
        description="a trained spaCy pipeline beside the rules, by package name or path; "
        "empty: casebook's own where it is installed; none: rules only",
    )
    labels: dict[str, str] = Field(
        default={}, description="what the labels of that pipeline mean here, e.g. CHEMICAL = 'DRUG'"
    )
    abbreviations: bool = Field(
        default=True, description="resolve abbreviations that the document defines (Schwartz-Hearst)"
    )


class EvidenceSettings(_Section):
    """How rows are graded and flagged."""

    ctcae_version: str = Field(
        default="5", pattern="^(4|5|6)$", description="CTCAE version for grades computed from laboratory values"
    )
    low_confidence: float = Field(default=0.4, ge=0, le=1, description="rows below this are flagged low_confidence")


class Settings(_Section):
    """All settings, one section a stage."""

    reading: ReadingSettings = ReadingSettings()
    ner: NerSettings = NerSettings()
    evidence: EvidenceSettings = EvidenceSettings()

    def digest(self) -> str:
        """Hash of all values, the same on every machine."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


def load_settings(path: Path | None) -> Settings:
    """Read ``path`` (TOML), or give the defaults.

    Raises:
        UsageError: the file cannot be read, is no TOML, or names an unknown setting.
    """
    if path is None:
        return Settings()
    try:
        return Settings.model_validate(read_toml(path))
    except OSError as error:
        raise UsageError(f"cannot read the settings {path}: {error.strerror}") from error
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: {where}: {first['msg']}") from error
