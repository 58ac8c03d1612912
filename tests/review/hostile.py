"""A run whose document tries to get out of the page: in its name, its title, its text and its cells."""

from dataclasses import replace
from pathlib import Path

from pipeline.batch.report import RunReport
from pipeline.batch.tabulate import tabulate
from pipeline.datamodel import Case, DocumentResult, Metadata, Regimen, Source, Toxicity

NAME = "\"><img src=x onerror=alert(1)> '&amp;{{7*7}}%2e%2e"
SCRIPT = "<script>window.reached = true; alert(1)</script>"
TEXT = (
    f"A man got {SCRIPT} 5 mg daily.\r\n"
    '<svg onload=alert(2)>Then "rash" </textarea>\' onfocus=alert(3) autofocus 😀 came.\n'
)


def write_hostile_run(folder: Path) -> Path:
    """The run directory."""
    tabulate(folder, [(result(), 0)], RunReport())
    return folder


def result() -> DocumentResult:
    """What its document became."""
    source = Source(doc_id=NAME, path="../../../etc/passwd", sha256="ab" * 32, media_type="application/pdf")
    regimen = Regimen(
        **_at(f"{SCRIPT} 5 mg"), group=1, therapy=SCRIPT, therapy_text="javascript:alert(1)", role="index"
    )
    rash = '"rash" </textarea>\' onfocus=alert(3) autofocus 😀'
    toxicity = Toxicity(
        **_at(rash),
        group=1,
        therapies=(SCRIPT,),
        term="'><b onmouseover=alert(4)>",
        term_text=rash,
        flags=("ambiguous_link",),
        notes=(f"ambiguous_link: {SCRIPT}",),
        cue=SCRIPT,
    )
    return DocumentResult(
        source=source,
        text=TEXT,
        metadata=Metadata(title=f"</title>{SCRIPT}"),
        doc_type="case_report",
        cases=(Case(number=1, case_label=SCRIPT, diagnosis=f"--></style>{SCRIPT}"),),
        regimens=(regimen, replace(regimen, **_at("Then"), therapy="{% raw %}{{ session }}")),
        toxicities=(toxicity,),
    )


def _at(quote: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote), "section": "case", "case": 1}
