"""How far a row, and a cell of a regimen, can be trusted: small logistic models over how they were found.

The weights stand in ``confidence.toml``; ``models/training/confidence.py`` fits them on rows that a reader has
judged, so that of the rows that say 0.8 about 80 % are right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from math import exp
from pathlib import Path

from pipeline.datamodel import Fact, Measurement, Regimen, Response, Toxicity
from pipeline.datamodel.vocabulary import FactKind
from pipeline.linking.merging import stated
from pipeline.toml import read_toml

WEIGHTS = Path(__file__).parent / "confidence.toml"
SLOTS = "slots"  # the table of weights for the cells of regimens
KINDS: dict[type[Fact], FactKind] = {
    Regimen: "regimen",
    Response: "response",
    Toxicity: "toxicity",
    Measurement: "measurement",
}
_CERTAIN = 0.99  # nothing that a rule has read is surer than that, or than its opposite
_NARRATIVE = ("case", "results", "table")
_AROUND = ("abstract", "title")
_BESIDE = ("concomitant", "unknown")
_NOT_STATED: tuple[object, ...] = (None, "", (), "unknown")
_SHARED = frozenset(field.name for field in fields(Fact))


def features(row: Fact) -> dict[str, float]:
    """What the model of a row looks at, by name, each 0 to 1.

    ``one`` is the bias. ``tied``: words tie the row to its therapy or value; ``placed``: only its place does.
    ``own_words``: words of the sentence, not its section, say whom it is about. ``beside``: a therapy given beside
    the treatment, or nobody says what for.
    """
    return {
        "one": 1.0,
        "narrative": float(row.section in _NARRATIVE),
        "abstract": float(row.section in _AROUND),
        "told_again": min(row.mentions - 1, 2) / 2,
        "stated": min(stated(row), 10) / 10,
        "own_words": float(not row.cue.startswith("section")),
        "ambiguous_attribution": float("ambiguous_attribution" in row.flags),
        "ambiguous_link": float("ambiguous_link" in row.flags),
        "unknown_term": float("unknown_term" in row.flags),
        **_by_rules(row.rules),
        **_by_kind(row),
    }


def _by_rules(rules: tuple[str, ...]) -> dict[str, float]:
    return {
        "tied": float(any(rule.startswith(("link:response_to", "link:stopped_for", "relation:")) for rule in rules)),
        "placed": float("link:last_told" in rules or "link:none" in rules),
        "class_name": float("lexicon:drug_classes" in rules),
        "by_pattern": float(bool(rules) and rules[0].startswith(("pattern:", "name:", "model:"))),
    }


def _by_kind(row: Fact) -> dict[str, float]:
    """What only one kind of row can have."""
    match row:
        case Regimen():
            return {
                "coded": float(bool(row.therapy_code)),
                "dosed": float(row.dose_low is not None),
                "index": float(row.role == "index"),
                "beside": float(row.role in _BESIDE),
            }
        case Response():
            return {"resolved": float(row.category == "resolved"), "no_response": float(row.category == "NR")}
        case Toxicity():
            return {
                "coded": float(bool(row.term_code)),
                "classified": float(bool(row.soc)),
                "followed": float(row.outcome != "unknown"),
            }
        case Measurement():
            return {"coded": float(bool(row.analyte_code)), "with_unit": float(bool(row.unit))}
    return {}


def confidence_of(row: Fact) -> float:
    """Probability that a careful reader would keep the row, 0.01 to 0.99, rounded to two places."""
    return probability(features(row), shipped_weights()[KINDS[type(row)]])


def slot_features(row: Regimen, column: str) -> dict[str, float]:
    """What the model of a cell looks at: which column it is, of a role which, and how the row was found."""
    return {
        "one": 1.0,
        column: 1.0,
        **({f"role_{row.role}": 1.0} if column == "role" else {}),
        "narrative": float(row.section in _NARRATIVE),
        "told_again": min(row.mentions - 1, 2) / 2,
        "own_words": float(not row.cue.startswith("section")),
    }


def slots_of(row: Regimen) -> Iterator[str]:
    """The columns of its own that a regimen states, in the table's order."""
    return (
        field.name for field in fields(row) if field.name not in _SHARED and getattr(row, field.name) not in _NOT_STATED
    )


def slot_confidence_of(row: Fact, weights: Mapping[str, float] | None = None) -> tuple[str, ...]:
    """Of each cell that the model knows, how likely it is right if the row is: ``("role=0.81", "dose_low=0.97")``.

    Args:
        row: whose cells; only a regimen's are known.
        weights: of the model of cells; None: the shipped ones.
    """
    if not isinstance(row, Regimen):
        return ()
    known = shipped_weights()[SLOTS] if weights is None else weights
    return tuple(f"{c}={probability(slot_features(row, c), known):.2f}" for c in slots_of(row) if c in known)


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic model's answer, 0.01 to 0.99, rounded to two places."""
    score = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round(min(max(1 / (1 + exp(-score)), 1 - _CERTAIN), _CERTAIN), 2)


@cache
def shipped_weights() -> dict[str, dict[str, float]]:
    """The weights of ``confidence.toml``, a table a kind of row and one for the cells of regimens."""
    return read_toml(WEIGHTS)
