"""Ways to work through many items, one file each. To add one, drop a file here that defines ``work_through``.

An engine maps a function over items. The function is built where it runs, once a worker, by a picklable
``build``. Every item has exactly one outcome, whatever happens to the worker: its value, or the reason it was lost.
Outcomes come as they are ready and carry their item's index, so that the caller's order is the items' own.
"""

import sys
from typing import Any, cast

from pipeline import registry
from pipeline.engines._memory import peak
from pipeline.engines._seam import Build, Done, Engine, Limits, Lost, Outcome

__all__ = ["Build", "Done", "Engine", "Limits", "Lost", "Outcome", "load", "peak"]


def load(name: str) -> Engine[Any, Any]:
    """The engine ``name``.

    Raises:
        UsageError: there is no such engine; the message lists those there are.
    """
    return cast("Engine[Any, Any]", registry.load(sys.modules[__name__], name).work_through)
