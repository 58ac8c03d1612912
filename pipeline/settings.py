"""What a user can set, with defaults that suit published case reports.

Settings come from ``casebook.toml`` (``--config``) and the command line. Their hash is part of the key
under which results are cached.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_type_hints

from pipeline.errors import UsageError
from pipeline.toml import TOMLDecodeError, read_toml


def _set(default: Any, description: str, **bounds: Any) -> Any:
    """A setting; ``bounds`` are those of pydantic's fields."""
    return field(default=default, metadata={"description": description, **bounds})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """Bounds on what is read; a document beyond them fails with a clear message."""

    max_megabytes: float = _set(200, "largest input file", gt=0)
    max_pages: int = _set(2000, "most pages of one PDF", gt=0)
    max_seconds: float = _set(120, "longest time for one document", gt=0)
    max_memory_megabytes: float = _set(3000, "most memory for one document; 0: no limit", ge=0)
    ocr: Literal["auto", "off"] = _set(
        "auto", "whether pages without a text layer are read by tesseract where it is installed"
    )
    max_seconds_ocr: float = _set(900, "longest time for the OCR of one document, on top", gt=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NerSettings:
    """Which readers look for mentions."""

    model: str = _set(
        "",
        "a trained spaCy pipeline beside the rules, by package name or path; "
        "empty: casebook's own where it is installed; none: rules only",
    )
    labels: dict[str, str] = field(
        default_factory=dict,
        metadata={"description": "what the labels of that pipeline mean here, e.g. CHEMICAL = 'DRUG'"},
    )
    abbreviations: bool = _set(True, "resolve abbreviations that the document defines (Schwartz-Hearst)")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSettings:
    """How rows are graded and flagged."""

    ctcae_version: str = _set("5", "CTCAE version for grades computed from laboratory values", pattern="^(4|5|6)$")
    low_confidence: float = _set(0.4, "rows below this are flagged low_confidence", ge=0, le=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, one section a stage."""

    reading: ReadingSettings = ReadingSettings()
    ner: NerSettings = NerSettings()
    evidence: EvidenceSettings = EvidenceSettings()

    def digest(self) -> str:
        """Hash of all values, the same on every machine."""
        return hashlib.sha256(in_words(self).encode()).hexdigest()[:16]


def in_words(section: Settings | ReadingSettings | NerSettings | EvidenceSettings) -> str:
    """All values as JSON, in the order in which they are declared."""
    return json.dumps(asdict(section))


def load_settings(path: Path | None) -> Settings:
    """Read ``path`` (TOML), or give the defaults.

    Raises:
        UsageError: the file cannot be read, is no TOML, or names an unknown setting.
    """
    if path is None:
        return Settings()
    try:
        table = read_toml(path)
    except OSError as error:
        raise UsageError(f"cannot read the settings {path}: {error.strerror}") from error
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error
    return _checked(table, path)


def _checked(table: dict[str, Any], path: Path) -> Settings:
    # Only who has a file of settings waits for pydantic.
    from pydantic import ConfigDict, Field, ValidationError, create_model

    strict = ConfigDict(extra="forbid")
    kinds: dict[str, Any] = get_type_hints(Settings)
    sections: dict[str, Any] = {
        name: create_model(kind.__name__, __config__=strict, **_declared(kind)) for name, kind in kinds.items()
    }
    declared: dict[str, Any] = {name: (kind, Field(default_factory=kind)) for name, kind in sections.items()}
    try:
        checked = create_model("Settings", __config__=strict, **declared).model_validate(table).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        where = [str(part) for part in first["loc"]]
        told = _unknown(where) if first["type"] == "extra_forbidden" else f"{'.'.join(where)}: {_plainly(first)}"
        raise UsageError(f"{path}: {told}") from error
    return Settings(**{name: kind(**checked[name]) for name, kind in kinds.items()})


def _unknown(where: list[str]) -> str:
    """What is said of a name that is no section or no setting of its section."""
    from difflib import get_close_matches

    *section, name = where
    kinds: dict[str, Any] = get_type_hints(Settings)
    if section:
        known = [one.name for one in fields(kinds[section[0]])]
        what, written = f"section [{section[0]}] has no setting {name}", ", ".join(known)
    else:
        known = list(kinds)
        homes = [each for each, kind in kinds.items() if name in {one.name for one in fields(kind)}]
        what, written = f"there is no section [{name}]", ", ".join(f"[{one}]" for one in known)
        if homes:
            return f"{name} stands in no section; write it below a line [{homes[0]}]"
    like = get_close_matches(name, known, n=1)
    meant = (like[0] if section else f"[{like[0]}]") if like else ""
    return f"{what}; known: {written}" + (f"; did you mean {meant}?" if meant else "; take it out or correct it")


def _plainly(wrong: Any) -> str:
    """What is wrong with a value, and the value."""
    context = dict(wrong.get("ctx", {}))
    choices = ", ".join(str(context.get("pattern", "")).strip("^()$").split("|"))
    said = read_toml(Path(__file__).with_suffix(".toml")).get(wrong["type"], "")
    told = said.format(**{**context, "choices": choices, "section": wrong["loc"][-1]}) or wrong["msg"]
    return f"{told}, not {json.dumps(wrong['input'], default=str)}"


def _declared(kind: Any) -> dict[str, Any]:
    """The settings of a section as pydantic takes them."""
    from pydantic import Field

    types = get_type_hints(kind)
    return {one.name: (types[one.name], Field(getattr(kind(), one.name), **one.metadata)) for one in fields(kind)}
