"""How far a row can be trusted: a small logistic model over how it was found.

The weights stand in ``confidence.toml``; they are fitted on rows that a reader has judged, so that of the
rows that say 0.8 about 80 % are right.
"""

from functools import cache
from math import exp
from pathlib import Path

from pipeline.datamodel import Fact, Measurement, Regimen, Response, Toxicity
from pipeline.datamodel.vocabulary import FactKind
from pipeline.linking.merging import stated
from pipeline.toml import read_toml

_WEIGHTS = Path(__file__).parent / "confidence.toml"
KINDS: dict[type[Fact], FactKind] = {
    Regimen: "regimen",
    Response: "response",
    Toxicity: "toxicity",
    Measurement: "measurement",
}


def features(row: Fact) -> dict[str, float]:
    """What the model looks at, by name; the same for every table."""
    return {
        "one": 1.0,
        "narrative": float(row.section in ("case", "results", "table")),
        "abstract": float(row.section in ("abstract", "title")),
        "told_again": float(row.mentions > 1),
        "stated": min(stated(row), 10) / 10,
        "linked": float(any(rule.startswith(("link:response_to", "link:causes", "relation:")) for rule in row.rules)),
        "coded": float(bool(getattr(row, "therapy_code", "") or getattr(row, "term_code", ""))),
        "flagged": float(bool(row.flags)),
        "not_patient": float(row.attribution != "patient"),
    }


def confidence_of(row: Fact) -> float:
    """Probability that a careful reader would keep the row, rounded to two places."""
    weights = _weights()[KINDS[type(row)]]
    score = sum(weights.get(name, 0.0) * value for name, value in features(row).items())
    return round(1 / (1 + exp(-score)), 2)


@cache
def _weights() -> dict[str, dict[str, float]]:
    return read_toml(_WEIGHTS)
