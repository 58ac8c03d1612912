"""``casebook run`` a second time over what has not changed: over before the command line's parser is even loaded.

Reading the arguments with their types takes longer than finding that there is nothing to do.
"""

from time import perf_counter
from types import SimpleNamespace

from pipeline.cli._plain import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def run_again(arguments: "Sequence[str]") -> int | None:
    """The exit code of a run that finds its directory unchanged; None where there is something to do or to say.

    Args:
        arguments: those of the command line.
    """
    call = plain(arguments)
    if call is None or "--fresh" in call.flags:
        return None
    from pipeline.batch.quick import unchanged

    begun = perf_counter()
    report = unchanged(call.inputs, call.named["output"], call.named.get("config"))
    if report is None:
        return None
    from pipeline.cli._summary import show_run

    report |= {"unchanged": True, "cached": report["documents"], "seconds": {"total": perf_counter() - begun}}
    show_run(SimpleNamespace(**report), call.named["output"])
    return 3 if "--strict" in call.flags and report["failed"] else 0
