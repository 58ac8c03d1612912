"""``casebook run`` a second time over what has not changed: over before the command line's parser is even loaded.

Reading the arguments with their types takes longer than finding that there is nothing to do. Plain calls are
therefore read here first; whatever is not plain, or not unchanged, is left to the parser and its messages.
"""

from time import perf_counter
from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUES = {"-o": "output", "--output": "output", "-j": "jobs", "--jobs": "jobs", "--config": "config"}


class _Call:
    """A plain call; no dataclass, since loading those takes longer than reading the arguments."""

    def __init__(self) -> None:
        self.inputs: list[str] = []
        self.named: dict[str, str] = {}
        self.strict = False


def run_again(arguments: "Sequence[str]") -> int | None:
    """The exit code of a run that finds its directory unchanged; None where there is something to do or to say.

    Args:
        arguments: those of the command line.
    """
    call = _plain(arguments)
    if call is None:
        return None
    from pipeline.batch.quick import unchanged

    begun = perf_counter()
    report = unchanged(call.inputs, call.named["output"], call.named.get("config"))
    if report is None:
        return None
    from pipeline.cli._summary import show_run

    report |= {"unchanged": True, "cached": report["documents"], "seconds": {"total": perf_counter() - begun}}
    show_run(SimpleNamespace(**report), call.named["output"])
    return 3 if call.strict and report["failed"] else 0


def _plain(arguments: "Sequence[str]") -> _Call | None:
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
