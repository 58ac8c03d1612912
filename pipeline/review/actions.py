"""What each action of a row's form becomes: its part of a decision, or a refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.ledger import added_id
from pipeline.review.asked import whole
from pipeline.review.book import Book, Standing
from pipeline.review.cells import LONGEST
from pipeline.review.form import place_of

Told: TypeAlias = dict[str, object]


class RefusalError(Exception):
    """A decision that cannot be made as it was asked for."""

    def __init__(self, said: str, problems: Mapping[str, str] | None = None) -> None:
        super().__init__(said)
        self.said, self.problems = said, problems or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form that asks for a decision on a row.

    Attributes:
        seen: the row's cells as the form showed them.
        number: of the last decision on the row when the form was made.
        changes: the cells in which the form says otherwise.
    """

    standing: Standing
    book: Book
    form: Mapping[str, str]
    seen: Mapping[str, str]
    number: int
    changes: Mapping[str, str]

    @property
    def comment(self) -> str:
        """What the curator says of it."""
        return self.form.get("comment", "").strip()[:LONGEST]


def _accept(asked: Asked) -> Told:
    """Accept the row; with what the curator has changed, where there is any."""
    if asked.changes:
        return {"action": "edit", "after": dict(asked.changes)}
    return {"action": "accept"}


def _edit(asked: Asked) -> Told:
    if not asked.changes:
        raise RefusalError("Nothing was changed. Accept the row if it is right as it is.")
    return {"action": "edit", "after": dict(asked.changes)}


def _reject(asked: Asked) -> Told:
    return {"action": "reject"}


def _comment(asked: Asked) -> Told:
    if not asked.comment:
        raise RefusalError("Say something in the comment.")
    return {"action": "comment"}


def _split(asked: Asked) -> Told:
    """A second row of the same words, with what the curator has changed."""
    if not asked.changes:
        raise RefusalError("Change the cells in which the second row differs from the first.")
    after = {**asked.seen, **asked.changes, "review_status": "auto"}
    name = added_id(asked.standing.kind, after)  # type: ignore[arg-type]
    if name in asked.book.rows:
        raise RefusalError("There is a row of these words and values already.")
    return {"action": "split", "evidence_id": name, "after": {**after, "evidence_id": name}}


def _merge(asked: Asked) -> Told:
    target = asked.book.rows.get(asked.form.get("target", ""))
    fits = target and target.kind == asked.standing.kind and target.cells["doc_id"] == asked.standing.cells["doc_id"]
    if target is None or not fits or target.key == asked.standing.key:
        raise RefusalError("Choose the row that this one is part of.")
    return {"action": "merge", "after": {"evidence_id": target.key}}


def _move(asked: Asked) -> Told:
    """To another regimen, and with it to its patient, or to nobody; or to a patient alone."""
    sheet = asked.book.sheets[asked.standing.cells["doc_id"]]
    cells, wanted = asked.standing.cells, asked.form.get("target", "")
    if wanted and wanted == place_of(cells):
        raise RefusalError("The row stands there already: choose another regimen or patient.")
    members = [row for row in sheet.facts if row.kind == "regimen" and row.cells.get("regimen_id") == wanted]
    if members and "regimen_id" in cells:
        after = {name: members[0].cells.get(name, "") for name in ("case_id", "regimen_id", "attribution")}
        after["to_evidence_id"] = members[0].key
        if "therapies" in cells:
            after["therapies"] = ";".join(dict.fromkeys(row.cells["therapy"] for row in members))
    elif any(case.key == wanted for case in sheet.cases):
        after = {"case_id": wanted, **({"regimen_id": ""} if "regimen_id" in cells else {})}
        after["attribution"] = "patient"
    else:
        raise RefusalError("Choose the regimen or the patient that the row belongs to.")
    if after["attribution"] == cells["attribution"]:
        del after["attribution"]
    kept = {name: cell for name, cell in after.items() if name in cells or name == "to_evidence_id"}
    return {"action": "move", "after": kept}


def _take_back(asked: Asked) -> Told:
    return {"action": "undo", "before": {}, "undoes": whole(asked.form.get("undoes", ""))}


def _of_facts(make: Callable[[Asked], Told]) -> Callable[[Asked], Told]:
    """Of rows that stand in a patient's story; not of the patient."""

    def made(asked: Asked) -> Told:
        if asked.standing.kind == "case":
            raise RefusalError("A patient can be accepted, edited and rejected, but neither split, merged nor moved.")
        return make(asked)

    return made


ACTIONS: Mapping[str, Callable[[Asked], Told]] = {
    "accept": _accept,
    "edit": _edit,
    "reject": _reject,
    "comment": _comment,
    "split": _of_facts(_split),
    "merge": _of_facts(_merge),
    "move": _of_facts(_move),
    "undo": _take_back,
}
"""What makes a decision of a form, by the name of the form's button."""
