"""How well a run holds what a careful reader wrote down: rows found, slots right, traps sprung.

Gold is one YAML file a document; its format is explained in ``corpus/README.md``.
"""

from pipeline.evaluation.figures import report, summary
from pipeline.evaluation.scoring import DocumentScore, Match, evaluate

__all__ = ["DocumentScore", "Match", "evaluate", "report", "summary"]
