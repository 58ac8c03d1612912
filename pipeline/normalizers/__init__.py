"""What a mention means: one normalizer a kind of entity.

To add one, drop a file ``<kind>.py`` here with ``LABELS: tuple[str, ...]`` (the mention labels that it answers for)
and ``normalize(mention, lexicons) -> Value`` (``lexicons`` may be left out). Nothing else names it.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from inspect import signature
from types import ModuleType

from pipeline import registry
from pipeline.datamodel import Mention
from pipeline.datamodel.values import Unresolved, Value
from pipeline.lexicon import Lexicons

Normalizer = Callable[[Mention, Lexicons], Value]


def _normalizer(member: ModuleType) -> Normalizer:
    """The member's function; one that needs no lexicon may leave that parameter out."""
    function: Callable[..., Value] = member.normalize
    if len(signature(function).parameters) == 1:
        return lambda mention, lexicons: function(mention)
    return function


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Normalizer]:
    table: dict[str, Normalizer] = {}
    for member in registry.members(sys.modules[__name__]):
        for label in member.LABELS:
            if label in table:
                raise ValueError(f"two normalizers for {label}; the second is {member.__name__}")
            table[label] = _normalizer(member)
    return table


def normalize(mention: Mention, lexicons: Lexicons) -> Mention:
    """The mention with its value; :class:`Unresolved` with the reason where it has none that can be trusted."""
    member = _table().get(mention.label)
    if member is None:
        return replace(mention, value=Unresolved(reason=f"no normalizer for {mention.label}"))
    return replace(mention, value=member(mention, lexicons))
