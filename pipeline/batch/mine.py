"""A run, unless there is nothing to do."""

import time
from dataclasses import replace

from pipeline.batch.inputs import CACHE, gather
from pipeline.batch.plan import Plan
from pipeline.batch.report import Listener, RunReport
from pipeline.batch.state import State, config_digest, fingerprint
from pipeline.fingerprint import package_digest, tesseract_stamp


def mine(plan: Plan, listener: Listener) -> RunReport:
    """Read all inputs and write the run directory.

    Raises:
        UsageError: a wrong path, an output folder that cannot be written to, an unknown model.
        OSError: the disk is full, or failed, while files were written; the old tables stand.
    """
    report = None if plan.fresh or plan.folder != plan.output else unchanged(plan)
    if report is not None:
        return report
    # The stages take a second to load: a run that has nothing to do does without.
    from pipeline.batch.run import Run

    return Run(plan, listener).go()


def unchanged(plan: Plan) -> RunReport | None:
    """The report of the run that made the directory, where this one would make the same; else None."""
    begun = time.perf_counter()
    state = State.read(plan.output / CACHE)
    if (
        not state.fingerprint
        or state.package != package_digest() + tesseract_stamp()
        or state.config != config_digest(plan.config)
    ):
        return None
    inputs = gather(plan.given, state.endings, plan.output)
    if fingerprint(inputs) != state.fingerprint or not state.untouched(plan.output):
        return None
    seconds = {"total": time.perf_counter() - begun}
    return replace(state.report, cached=state.report.documents, unchanged=True, seconds=seconds)
