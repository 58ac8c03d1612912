"""The columns that curated tables have beyond those of a run, and the table of decisions to reconsider."""

from pipeline.datamodel.vocabulary import ReviewStatus, words
from pipeline.ledger.decision import Action, RowKind
from pipeline.tables import Column, Table

_CURATOR = Column(name="curator", kind="text", description="Who decided last on the row; empty where nobody did.")
_MOMENT = Column(name="decided_at", kind="text", description="When, ISO 8601 in UTC.")
_DECISION = Column(name="decision", kind="text", enum=words(Action), description="The last decision on the row.")
_MERGED = Column(name="merged_into", kind="text", description="The row that it is part of, where it was merged.")
_COMMENT = Column(name="comment", kind="text", description="What the curator wrote to the last decision.")
_MACHINE = Column(
    name="machine",
    kind="text",
    description="Of the cells that say something else than the machine, what the machine says, as a JSON object.",
)
_STATUS = Column(
    name="review_status", kind="text", enum=words(ReviewStatus), description="Whether a curator has decided on the row."
)

CURATION = (_CURATOR, _MOMENT, _DECISION, _MERGED, _COMMENT, _MACHINE)
CASE_CURATION = (_STATUS, *CURATION)
EVIDENCE_CURATION = (_CURATOR, _MOMENT)

RECONSIDER = Table(
    name="reconsider",
    description="One row is a decision that a curator should look at again, because the machine reads otherwise now.",
    columns=(
        Column(name="number", kind="integer", required=True, description="The decision's number in the ledger."),
        Column(name="evidence_id", kind="text", required=True, description="The row as it was called then."),
        Column(name="kind", kind="text", enum=words(RowKind), required=True, description="The kind of row."),
        Column(name="doc_id", kind="text", required=True, description="The document."),
        Column(name="decision", kind="text", enum=words(Action), required=True, description="What was decided."),
        Column(
            name="kept",
            kind="boolean",
            required=True,
            description="Whether it holds all the same (the signed values stand) or fits no row.",
        ),
        Column(name="reason", kind="text", required=True, description="Why it is here."),
        Column(name="curator", kind="text", required=True, description="Who decided."),
        Column(name="decided_at", kind="text", required=True, description="When, ISO 8601 in UTC."),
        Column(name="quote", kind="text", description="The words that carried the row then."),
        Column(name="changes", kind="text", description="The cells that were changed, as a JSON object."),
    ),
    primary_key="number",
    entries=lambda record: (),
)
