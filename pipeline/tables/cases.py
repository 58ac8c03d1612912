"""cases.csv: a patient that a document reports."""

from operator import attrgetter

from pipeline.datamodel.vocabulary import LastStatus, Sex
from pipeline.tables._column import Table, enum, listing, number, text
from pipeline.tables._shared import DOCUMENT_KEY

TABLE = Table(
    name="cases",
    description="One row is a patient that a document reports.",
    columns=(
        text(
            "case_id",
            "Key of the patient; ends in the case's number within the document.",
            required=True,
            of=attrgetter("case_id"),
        ),
        text("doc_id", "The document that reports the patient.", required=True, of=attrgetter("doc_id")),
        text("case_label", "What the document calls the patient, e.g. Patient 1."),
        number("age_years", "Age in years at presentation.", minimum=0),
        enum("sex", Sex, "Sex as the text tells it."),
        text("diagnosis", "The disease treated, preferred name."),
        text("diagnosis_code", "Its code, system:code."),
        text("stage", "Its stage as named."),
        listing("comorbidities", "Other diseases of the patient."),
        enum("status_at_last_follow_up", LastStatus, "What is last known of the patient."),
        number("follow_up_days", "Length of follow-up in days."),
    ),
    primary_key="case_id",
    entries=lambda record: record.cases,
    inside="case",
    foreign_keys=(DOCUMENT_KEY,),
)
