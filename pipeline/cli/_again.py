"""``casebook run`` a second time over what has not changed: over before the command line's parser is even loaded.

Reading the arguments with their types takes longer than finding that there is nothing to do. Plain calls are
therefore read here first; whatever is not plain, or not unchanged, is left to the parser and its messages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_VALUES = {"-o": "output", "--output": "output", "-j": "jobs", "--jobs": "jobs", "--config": "config"}


@dataclass(slots=True)
class _Call:
    inputs: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    strict: bool = False


def run_again(arguments: Sequence[str]) -> int | None:
    """The exit code of a run that finds its directory unchanged; None where there is something to do or to say.

    Args:
        arguments: those of the command line.
    """
    call = _plain(arguments)
    if call is None:
        return None
    from pipeline.batch.mine import unchanged
    from pipeline.batch.plan import Plan
    from pipeline.errors import CasebookError

    output, config = Path(call.named["output"]), call.named.get("config")
    plan = Plan(given=tuple(map(Path, call.inputs)), output=output, config=Path(config) if config else None)
    try:
        report = unchanged(plan)
    except (OSError, CasebookError):
        return None
    if report is None:
        return None
    from pipeline.cli._summary import show_run

    show_run(report, output)
    return 3 if call.strict and report.failed else 0


def _plain(arguments: Sequence[str]) -> _Call | None:
    """The arguments of a ``run`` of which each can be read in one way only; else None."""
    if not arguments or arguments[0] != "run":
        return None
    call = _Call()
    rest = iter(arguments[1:])
    for word in rest:
        if word == "--strict" and not call.strict:
            call.strict = True
        elif word in _VALUES:
            value = next(rest, "")
            if not value or value.startswith("-") or _VALUES[word] in call.named:
                return None
            call.named[_VALUES[word]] = value
        elif not word or word.startswith("-") or "://" in word:
            return None
        else:
            call.inputs.append(word)
    jobs = call.named.get("jobs", "1")
    return call if call.inputs and "output" in call.named and jobs.isdecimal() and int(jobs) > 0 else None
