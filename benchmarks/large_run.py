"""A run directory of any size, about invented patients, for measuring what reads one."""

from dataclasses import replace
from pathlib import Path

from pipeline.batch.report import RunReport
from pipeline.batch.tabulate import tabulate
from pipeline.datamodel import Case, DocumentResult, Fact, Measurement, Metadata, Regimen, Response, Source, Toxicity

_DRUGS = ("alemtuzumab", "prednisone", "rituximab", "methotrexate", "romiplostim")
_EACH = 4  # rows of a patient's sentence


def write_large_run(folder: Path, documents: int, rows_each: int) -> Path:
    """Write a run of ``documents`` texts with ``rows_each`` rows each; every third row is flagged."""
    tabulate(folder, [(_result(number, rows_each), 0) for number in range(documents)], RunReport())
    return folder


def _result(number: int, rows: int) -> DocumentResult:
    sentences: list[str] = []
    found: dict[type[Fact], list[Fact]] = {Regimen: [], Response: [], Toxicity: [], Measurement: []}
    offset = 0
    for index in range(rows // _EACH):
        drug = _DRUGS[index % len(_DRUGS)]
        told = f"On day {index} she got {drug} {index + 1} mg, improved, had a rash, and platelets were {index + 5}.\n"
        for fact in _facts(told, drug, index):
            flags = ("ambiguous_link",) if index % 3 == 0 else ()
            fact = replace(fact, start=fact.start + offset, end=fact.end + offset, flags=flags, confidence=0.5)
            found[type(fact)].append(fact)
        sentences.append(told)
        offset += len(told)
    source = Source(doc_id=f"report_{number:04}", path=f"report_{number:04}.txt", media_type="text/plain")
    return DocumentResult(
        source=source,
        text="".join(sentences),
        metadata=Metadata(title=f"Invented report {number}"),
        cases=(Case(number=1, age_years=50.0, sex="female"),),
        regimens=tuple(found[Regimen]),  # type: ignore[arg-type]
        responses=tuple(found[Response]),  # type: ignore[arg-type]
        toxicities=tuple(found[Toxicity]),  # type: ignore[arg-type]
        measurements=tuple(found[Measurement]),  # type: ignore[arg-type]
    )


def _facts(told: str, drug: str, index: int) -> tuple[Fact, ...]:
    def at(quote: str) -> dict[str, object]:
        start = told.index(quote)
        return {"quote": quote, "start": start, "end": start + len(quote), "section": "case", "case": 1}

    value = float(index + 5)
    platelets = f"platelets were {index + 5}"
    return (
        Regimen(**at(f"{drug} {index + 1} mg"), group=index + 1, therapy=drug, therapy_text=drug, role="index"),  # type: ignore[arg-type]
        Response(**at("improved"), group=index + 1, therapies=(drug,), category="improved"),  # type: ignore[arg-type]
        Toxicity(**at("rash"), group=index + 1, therapies=(drug,), term="rash", term_text="rash", onset_days=3.0),  # type: ignore[arg-type]
        Measurement(
            **at(platelets),  # type: ignore[arg-type]
            analyte="platelets",
            analyte_text="platelets",
            value_low=value,
            value_high=value,
            unit="10*9/L",
            si_value_low=value,
            si_value_high=value,
            si_unit="10*9/L",
            time_days=float(index),
        ),
    )
