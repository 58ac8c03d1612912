"""What curators decided: an append-only ledger of decisions, and the tables that come of them.

``decision`` is one decision, ``ledger`` the database that keeps them (SQLAlchemy, extra ``casebook[review]``),
``replay`` folds those that stand over the machine's rows. Only ``ledger`` needs a database.
"""

from pipeline.ledger.decision import Action, Cells, Decision, Reading, RowKind
from pipeline.ledger.replay import Curated, CuratedRow, MachineRow, Unfit, added_id, replay

__all__ = [
    "Action",
    "Cells",
    "Curated",
    "CuratedRow",
    "Decision",
    "MachineRow",
    "Reading",
    "RowKind",
    "Unfit",
    "added_id",
    "replay",
]
