"""One decision of one curator about one row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias

from pipeline.datamodel.vocabulary import words

RowKind = Literal["regimen", "response", "toxicity", "measurement", "case"]
Action = Literal["accept", "edit", "reject", "add", "split", "merge", "move", "undo", "comment"]
Reading: TypeAlias = Literal[0, 1, 2]
Cells: TypeAlias = Mapping[str, str]

SETTLING: Reading = 0
"""The reading of a decision that settles what two readers decided differently."""

_KINDS, _ACTIONS, _READINGS = words(RowKind), words(Action), words(Reading)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision. Nothing in it is ever changed; what it decided is taken back by another one (``undo``).

    What ``before`` and ``after`` hold, as text, the way the run's CSV says it:

    * accept, reject, comment: ``before`` is the row as the curator saw it, ``after`` is empty.
    * edit: ``after`` holds the cells that are changed (others may stand there too, as they were).
    * move: as edit: ``case_id``, ``regimen_id``, ``therapies``. With ``to_evidence_id``, a row of the regimen that it
      is moved to, the move survives a new numbering of the regimens.
    * add: ``before`` is empty, ``after`` the whole row with its ``quote``, ``page``, ``start`` and ``end``;
      ``evidence_id`` is :func:`pipeline.ledger.replay.added_id` of it.
    * split: as add, ``before`` being the row that it was taken out of (which has an edit of its own).
    * merge: ``before`` is the row that goes, ``after["evidence_id"]`` the row that it is merged into.
    * undo: ``undoes`` is the number of the decision that is taken back.

    Attributes:
        number: given by the ledger, 1 the first; 0 before.
        doc_id, doc_sha256: the document, and the file's content when the decision was made.
        evidence_id: the row; of a case its ``case_id``.
        reading: 1 or 2 (blind double review; 1 where there is one reading), 0 to settle what two readers left open.
        decided_at: ISO 8601 in UTC, ``2026-01-31T12:00:00Z``.

    Raises:
        ValueError: a word that is none of the vocabulary's, a moment that is none, text that no database holds.
    """

    number: int = 0
    doc_id: str
    doc_sha256: str = ""
    evidence_id: str
    kind: RowKind
    action: Action
    curator: str
    reading: Reading = 1
    decided_at: str
    before: Cells = field(default_factory=dict)
    after: Cells = field(default_factory=dict)
    comment: str = ""
    undoes: int | None = None

    def __post_init__(self) -> None:
        for name, vocabulary in (("kind", _KINDS), ("action", _ACTIONS), ("reading", _READINGS)):
            if getattr(self, name) not in vocabulary:
                known = ", ".join(map(str, vocabulary))
                raise ValueError(f"{name} of a decision is one of {known}, not {getattr(self, name)!r}")
        if not self.evidence_id or not self.doc_id or not self.curator.strip():
            raise ValueError("a decision names its row, its document and its curator")
        if not _MOMENT.fullmatch(self.decided_at):
            raise ValueError(f"decided_at is ISO 8601 in UTC (2026-01-31T12:00:00Z), not {self.decided_at!r}")
        if (self.undoes is not None) != (self.action == "undo"):
            raise ValueError("an undo says which decision it takes back, and nothing else does")
        for text in self._texts():
            if not isinstance(text, str) or _is_unfit(text):
                raise ValueError(f"no text that can be kept: {text!r}")

    def _texts(self) -> list[str]:
        own = [getattr(self, each.name) for each in fields(self) if each.type is str]
        return [*own, *self.before, *self.before.values(), *self.after, *self.after.values()]

    @property
    def changes(self) -> dict[str, str]:
        """The cells of ``after`` that say something else than ``before``."""
        return {name: cell for name, cell in self.after.items() if self.before.get(name, "") != cell}


def _is_unfit(text: str) -> bool:
    """NUL, which PostgreSQL refuses, or a lone surrogate, which UTF-8 cannot say."""
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
