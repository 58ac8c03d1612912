"""Extraction alone: the canonical text of each input."""

import time

from pipeline import extractors
from pipeline.batch.inputs import gather, refuse_overwriting
from pipeline.batch.plan import Plan
from pipeline.batch.reading import read_all
from pipeline.batch.report import Listener, RunReport, told
from pipeline.batch.work import TextWork
from pipeline.files import make_folder


def extract_texts(plan: Plan, listener: Listener) -> RunReport:
    """Write ``<doc_id>.txt`` of each input into the output folder.

    Raises:
        UsageError: a wrong path, or an output folder that cannot be written to.
    """
    begun = time.perf_counter()
    make_folder(plan.output)
    inputs = gather(plan.given, extractors.suffixes(), plan.output)
    refuse_overwriting(inputs, plan.output)
    listener.begin(len(inputs), 0)
    todo = [index for index, one in enumerate(inputs) if not one.problem]
    reading = read_all(plan, TextWork(reading=plan.settings.reading, folder=plan.output), inputs, todo, listener)
    return RunReport(
        documents=len(inputs),
        failed=len(reading.failures),
        pending=len(inputs) - len(reading.done),
        failures=[told(inputs[index], failure) for index, failure in sorted(reading.failures.items())],
        seconds={"total": time.perf_counter() - begun},
    )
