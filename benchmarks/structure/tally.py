"""Counts of one article that add up to those of many."""

from dataclasses import fields
from typing import Any, TypeVar

_Own = TypeVar("_Own", bound="Tally")


class Tally:
    """What a dataclass of counts and lists is made of, to be added field by field."""

    __slots__ = ()

    def __add__(self: _Own, other: _Own) -> _Own:
        own: Any = self
        return type(self)(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(own)})
