"""Gold files: the rows that a careful reader would put into the tables, one YAML file a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from pipeline.errors import UsageError

Wanted: TypeAlias = Mapping[str, Any]
FACTS = ("regimens", "responses", "toxicities", "measurements")
_LISTS = (*FACTS, "cases", "cohort", "recommendation", "traps", "expect_flags")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a reader wrote down of one document.

    Attributes:
        doc_type: names that are right, joined by ``|``.
        cases: slots of each patient, ``case`` being its number.
        rows: the rows about patients, by table.
        others: ``cohort`` and ``recommendation``, each row with its ``table``.
        traps: text that must not become a row about a patient: ``quote`` and ``why``.
        flags: flags that should be raised.
    """

    doc_id: str
    doc_type: str
    cases: tuple[Wanted, ...]
    rows: Mapping[str, tuple[Wanted, ...]]
    others: Mapping[str, tuple[Wanted, ...]]
    traps: tuple[Wanted, ...]
    flags: tuple[str, ...]


def read_gold(folder: Path) -> tuple[Gold, ...]:
    """All gold files of a folder, in the order of their names.

    Raises:
        UsageError: there is none, one is no gold file, or PyYAML is not installed.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise UsageError(f"{folder} holds no gold: one <doc_id>.yaml a document is wanted, see corpus/README.md")
    return tuple(_gold(path) for path in paths)


def _gold(path: Path) -> Gold:
    try:
        import yaml
    except ImportError as error:
        raise UsageError("gold is written in YAML: pip install pyyaml") from error
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(told, dict) or "doc" not in told:
        raise UsageError(f"{path} is no gold file: its first line should name the document (doc: {path.stem})")
    lists = {name: _rows(path, name, told.get(name)) for name in _LISTS}
    return Gold(
        doc_id=str(told["doc"]),
        doc_type=str(told.get("doc_type", "")),
        cases=lists["cases"],
        rows={name: lists[name] for name in FACTS},
        others={name: lists[name] for name in ("cohort", "recommendation")},
        traps=lists["traps"],
        flags=tuple(str(row["flag"]) for row in lists["expect_flags"]),
    )


_NEEDED = {
    "cases": ("case",),
    "regimens": ("case", "therapy"),
    "responses": ("case",),
    "toxicities": ("case", "term"),
    "measurements": ("case", "analyte", "value"),
    "cohort": ("table",),
    "recommendation": ("table",),
    "traps": ("quote", "why"),
    "expect_flags": ("flag",),
}


def _rows(path: Path, name: str, told: object) -> tuple[Wanted, ...]:
    rows = told or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{path}: {name} should be a list of rows such as - {{case: 1, …}}")
    for row in rows:
        missing = [key for key in _NEEDED[name] if key not in row]
        if missing or row.get("table", FACTS[0]) not in FACTS:
            wrong = f"has no {missing[0]}" if missing else f"names no table: {row['table']}"
            raise UsageError(f"{path}: a row of {name} {wrong}: {row}")
    return tuple(rows)
