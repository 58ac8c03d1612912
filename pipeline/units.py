"""Units: from the written form to UCUM, and from one UCUM unit to another.

The table is ``units.toml``. A conversion is done only where both units are known and measure the same kind of
thing, or where the analyte's molar mass links mass and amount; anything else gives None, never a guess.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.toml import read_toml

_TABLE = Path(__file__).with_name("units.toml")
_SPACES = re.compile(r"[\s\u200b\u2060\u00ad]+")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile(
    r"^(?:[×xX✕✖∗*·⋅•] ?)?10 ?(?:\^ ?\(?|\*{1,2} ?|[eE] ?\+?|\(|\[| )?(?P<n>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\d{1,2})[)\]]?(?!\d)"
)
_LAST_BRACKETS = re.compile(r"[(\[](?P<inside>(?:[^()\[\]]|\([^()]*\))+)[)\]][^()\[\]\w]*$")
_SEPARATOR = re.compile(
    r" ?/ ?|(?:^| )per (?:a )?| (?:an?|each) (?=day|week|month|hour)"
    r"|(?<=[a-z\d²]) ?[·⋅] ?(?=[a-zµμ])|(?<=[a-z²])\.(?=[a-z])"
)
_VOLUMES = ("uL", "mm3", "mL", "L")
_BRACKETED_POWER = re.compile(r"(?<=m)\(([23])\)")
_INVERSE = re.compile(
    r" ?[·⋅.]? ?(?P<atom>kg|mL|ml|dL|dl|L|l|m|d|day|h|min|week) ?(?:⁻(?P<raised>[¹²])|[-−–](?P<flat>[12]))"
)
_UCUM_ATOM = re.compile(r"(?P<op>[./]?)(?P<atom>10\*-?\d+|\{[^}]*\}|\d+|[^./{}]+)")


@dataclass(frozen=True, slots=True)
class Measure:
    """What one of a unit is: ``factor`` base units (and ``offset`` for temperatures) of the dimension ``base``."""

    factor: float
    base: tuple[tuple[str, int], ...]
    offset: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTable:
    """The written forms and measures of ``units.toml``."""

    exact: dict[str, str]
    multiples: dict[str, str]
    phrases: dict[str, str]
    written: dict[str, str]
    measures: dict[str, Measure]
    molar_mass: dict[str, float]
    equivalents: dict[str, int]


@lru_cache(maxsize=1)
def unit_table() -> UnitTable:
    """The table, read once."""
    table = read_toml(_TABLE)
    atoms: list[dict[str, Any]] = table["atom"]
    written = {form: atom["code"] for atom in atoms + table["counted"] for form in atom["written"]}
    lowered = {form.lower(): code for form, code in reversed(written.items())}
    phrases = {form.lower(): code for form, code in table["phrases"].items()}
    return UnitTable(
        exact=table["exact"],
        multiples=table["multiples"],
        phrases=phrases,
        written={**lowered, **written},
        measures={
            atom["code"]: Measure(atom["factor"], tuple(sorted(atom["base"].items())), atom.get("offset", 0.0))
            for atom in atoms
        },
        molar_mass=table["molar_mass"],
        equivalents=table["equivalents"],
    )


@lru_cache(maxsize=10_000)
def ucum(written: str) -> str | None:
    """The UCUM code of a unit as printed (``mg per square meter`` → ``mg/m2``); None for what is no known unit.

    A power of ten belongs to the unit (``× 10⁹/L`` → ``10*9/L``). The empty string stays empty.
    """
    text = _BRACKETED_POWER.sub(r"\1", _SPACES.sub(" ", written)).strip().rstrip(".,;)")
    if not text:
        return ""
    table = unit_table()
    phrase = table.exact.get(text) or table.phrases.get(text.lower())
    if phrase is not None:
        return phrase
    text, inverse = _denominators(text)
    power = _POWER.match(text)
    code = ""
    if power:
        code, text = f"10*{power['n'].translate(_SUPERSCRIPTS)}", text[power.end() :].strip()
    parts = [part.strip(" ()") for part in _SEPARATOR.split(text)] if text else [""]
    tail = [_atom(part, table) for part in parts[1:]] + inverse
    counted = table.multiples.get(parts[0]) if len(tail) == 1 and tail[0] in _VOLUMES else None
    head = counted or (_atom(parts[0], table) if parts[0] else "")
    if head is None or None in tail:
        return None
    head = code if head.startswith("{") and code else f"{code}.{head}" if code and head else code or head
    return head + "".join(f"/{part}" for part in tail) or None


def unit_of_label(label: str) -> str:
    """UCUM of the unit that the label of a table's row or column ends with (``Creatinine, mg/dl``, ``WBC (×10⁹/L)``).

    Empty where it names none that is known.
    """
    text = _SPACES.sub(" ", label).strip()
    bracketed = _LAST_BRACKETS.search(text)
    candidates = [bracketed["inside"], re.split("[,;]", bracketed["inside"])[0]] if bracketed else []
    candidates += [text[mark.end() :] for mark in re.finditer(r"[,;:] ?|(?= per )| (?=[×x] ?10)", text)]
    for candidate in candidates:
        code = ucum(candidate)
        if code and not code.isdigit():
            return code
    return ""


def _denominators(text: str) -> tuple[str, list[str | None]]:
    """``mg·kg⁻¹·d⁻¹`` without its inverse units, and these."""
    found: list[str | None] = [
        "m2" if match["atom"] == "m" else _atom(match["atom"], unit_table()) for match in _INVERSE.finditer(text)
    ]
    return (_INVERSE.sub("", text).strip(), found) if found else (text, found)


def _atom(part: str, table: UnitTable) -> str | None:
    known = table.phrases.get(part.lower()) or table.written.get(part) or table.written.get(part.lower())
    if known:
        return known
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|[1-9]\d{3,}", part):
        return part.replace(",", "")
    head, _, tail = part.partition(" ")
    # "10^6 cells", "IU cells": what is counted may follow the unit.
    return table.written.get(head) if tail and table.written.get(tail, "").startswith("{") else None


@lru_cache(maxsize=10_000)
def measure(code: str) -> Measure | None:
    """Factor and dimension of a UCUM code of this table; None where an atom is unknown."""
    factor, base, sign, offset = 1.0, dict[str, int](), 1, 0.0
    for match in _UCUM_ATOM.finditer(code):
        sign = -1 if match["op"] == "/" else 1
        atom = match["atom"]
        if atom.startswith("{"):
            if "log" in atom:
                return None
            continue
        if atom.startswith("10*") or atom.isdigit():
            factor *= (10.0 ** int(atom[3:]) if atom.startswith("10*") else float(atom)) ** sign
            continue
        known = unit_table().measures.get(atom)
        if known is None:
            return None
        factor *= known.factor**sign
        offset = known.offset
        for name, power in known.base:
            base[name] = base.get(name, 0) + sign * power
    dimension = tuple(sorted((name, power) for name, power in base.items() if power))
    return Measure(factor, dimension, offset if len(dimension) == 1 else 0.0)


# Kinds of measure that nothing else is measured in: counts in a volume, lengths, masses, pressures, temperatures.
_PLAIN = frozenset({(("m", -3),), (("m", 1),), (("g", 1),), (("Pa", 1),), (("K", 1),)})
# Cells of urine, sputum or tissue are counted as they are seen.
_PER_FIELD = (("HPF", -1),)


def conflict(unit: str, usual: str) -> bool:
    """Whether something that is measured in ``usual`` cannot have ``unit``: a cell count in ``g/dL``, a height in kg.

    Shares, scores and counts in a microscope's field are left alone, since almost anything is given as one; so are
    amounts in other units of substance.
    """
    one, other = measure(unit) if unit else None, measure(usual) if usual else None
    if one is None or other is None or not one.base or not other.base:
        return False
    return one.base not in (other.base, _PER_FIELD) and other.base in _PLAIN


def convert(value: float, unit: str, to: str, analyte: str = "") -> float | None:
    """``value`` of the UCUM unit ``unit`` in ``to``.

    Args:
        value: in ``unit``.
        unit: UCUM, as :func:`ucum` gives it.
        to: UCUM.
        analyte: preferred name (lower case); lets mass, amount and equivalents of that substance be exchanged, and
            units with international units, which are the same for an enzyme (Source: IUB 1964).

    Returns:
        The value in ``to``; None where the units do not measure the same or one is unknown.
    """
    if unit == to:
        return value
    source, target = measure(unit), measure(to)
    if source is None or target is None:
        return None
    bridge = 1.0 if source.base == target.base else _bridge(source.base, target.base, analyte)
    if bridge is None:
        return None
    exact = ((value * source.factor + source.offset) * bridge - target.offset) / target.factor
    return float(f"{exact:.12g}")  # 12000 per µL is 12, not 11.999999999999998


def _bridge(source: tuple[tuple[str, int], ...], target: tuple[tuple[str, int], ...], analyte: str) -> float | None:
    """What a base unit of ``source`` is in base units of ``target`` for this analyte: g, mol or eq, all else equal."""
    table = unit_table()
    per_mole = (
        {"iU": 1.0, "U": 1.0}
        if analyte and set(source) ^ set(target) == {("iU", 1), ("U", 1)}
        else {"mol": 1.0, "g": table.molar_mass.get(analyte), "eq": table.equivalents.get(analyte)}
    )
    gone, come = set(source) - set(target), set(target) - set(source)
    if len(gone) != 1 or len(come) != 1:
        return None
    (old, old_power), (new, new_power) = gone.pop(), come.pop()
    old_amount, new_amount = per_mole.get(old), per_mole.get(new)
    if old_power != 1 or new_power != 1 or not old_amount or not new_amount:
        return None
    return new_amount / old_amount
