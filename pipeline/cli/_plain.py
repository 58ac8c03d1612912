"""``casebook run`` without the parser of the command line, which takes as long to load as all that a run then needs.

Plain calls are read here; whatever is not plain is left to the parser and its messages.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUES = {"-o": "output", "--output": "output", "-j": "jobs", "--jobs": "jobs", "--config": "config"}
_FLAGS = ("--strict", "--fresh")


class Call:
    """A plain call; no dataclass, since loading those takes longer than reading the arguments."""

    def __init__(self) -> None:
        self.inputs: list[str] = []
        self.named: dict[str, str] = {}
        self.flags: set[str] = set()


def plain(arguments: "Sequence[str]") -> Call | None:
    """The arguments of a ``run`` of which each can be read in one way only; else None."""
    if not arguments or arguments[0] != "run":
        return None
    call = Call()
    rest = iter(arguments[1:])
    for word in rest:
        if word in _FLAGS and word not in call.flags:
            call.flags.add(word)
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


def run_plain(call: Call) -> int:
    """Carry it out; the exit code."""
    from pathlib import Path

    from pipeline.batch.plan import Plan
    from pipeline.cli._ending import ended
    from pipeline.cli._mining import carry_out

    plan = Plan(
        given=tuple(call.inputs),
        output=Path(call.named["output"]),
        config=Path(call.named["config"]) if "config" in call.named else None,
        jobs=int(call.named["jobs"]) if "jobs" in call.named else None,
        fresh="--fresh" in call.flags,
    )
    return ended(lambda: carry_out(plan, strict="--strict" in call.flags))
