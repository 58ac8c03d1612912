"""A run, with what is shown of it."""

from dataclasses import replace

from pipeline.batch.mine import mine
from pipeline.batch.plan import Plan
from pipeline.cli._follow import Interrupts, following
from pipeline.cli._summary import show_json, show_run


def carry_out(plan: Plan, *, strict: bool = False, log_json: bool = False) -> int:
    """Mine, and tell how it went; the exit code.

    Args:
        plan: what is to be done; Ctrl-C is heeded here.
        strict: whether a document that could not be read makes it 3.
        log_json: whether a program reads what is shown.
    """
    interrupts = Interrupts()
    with following(log_json) as follower, interrupts.caught():
        report = mine(replace(plan, stop=interrupts.asked), follower)
    exit_code = 130 if report.pending else 3 if strict and report.failed else 0
    show_json(report, plan.folder, exit_code) if log_json else show_run(report, plan.folder)
    return exit_code
