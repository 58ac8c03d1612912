"""Analytes: preferred name, code, the unit that values are converted to, and whether it is a cell count."""

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AnalyteName, Unresolved, Value
from pipeline.lexicon import Lexicons, fold

LABELS: tuple[str, ...] = ("ANALYTE",)


def normalize(mention: Mention, lexicons: Lexicons) -> Value:
    """An :class:`AnalyteName`; unresolved where the lexicon does not list the name."""
    for name in dict.fromkeys((mention.entry, mention.text)):
        candidates = [(e, match) for e, match in lexicons.candidates(fold(name)) if e.label == "ANALYTE"]
        if candidates:
            entry = candidates[0][0]
            return AnalyteName(
                name=entry.name, code=entry.code, si_unit=entry.si_unit, is_cell_count=entry.kind == "count"
            )
    return Unresolved(reason=f"{mention.text!r} is in no lexicon of analytes")
