"""Analytes: preferred name, code, the unit that values are converted to, and whether it is a cell count."""

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AnalyteName, Unresolved, Value
from pipeline.lexicon import Lexicons

LABELS: tuple[str, ...] = ("ANALYTE",)


def normalize(mention: Mention, lexicons: Lexicons) -> Value:
    """An :class:`AnalyteName`; unresolved where the lexicon does not list the name."""
    for name in dict.fromkeys((mention.entry, mention.text)):
        entry = lexicons.find(name, "ANALYTE") if name else None
        if entry:
            is_count = entry.kind == "count"
            return AnalyteName(name=entry.name, code=entry.code, si_unit=entry.si_unit, is_cell_count=is_count)
    return Unresolved(reason=f"{mention.text!r} is in no lexicon of analytes")
