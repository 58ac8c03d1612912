"""Units that a test makes plain though they are printed otherwise or not at all."""

from dataclasses import replace

from pipeline.datamodel.values import AnalyteName, Quantity

_VOLUMES = ("mm3", "uL")
_GIGA = "10*9/L"
_DROP = "/uL"
# How many there are, in either unit, in people who live; a number between the two says nothing.
# Source: reference ranges and extremes of haematology (Wintrobe's Clinical Hematology).
_BARE = {"platelets": ((2, 1_600), (4_000, 3_000_000)), "leukocytes": ((0.1, 99), (800, 600_000))}


def as_measured(quantity: Quantity, analyte: AnalyteName, printed: str) -> Quantity:
    """The quantity in the unit that is meant: ``5060 mm3`` cells are in that volume, ``0.9 G/L`` of urea are grams."""
    if analyte.is_cell_count and quantity.unit in _VOLUMES:
        return replace(quantity, unit=f"/{quantity.unit}")
    if not analyte.is_cell_count and quantity.unit == _GIGA and printed.rstrip().endswith(("G/L", "G/l")):
        return replace(quantity, unit="g/L")
    return quantity


def counted_in(quantity: Quantity, analyte: AnalyteName) -> str:
    """The unit to convert from: the printed one, else the only one in which a bare count can be (``WBC 7,400``)."""
    if quantity.unit or analyte.name not in _BARE:
        return quantity.unit
    if analyte.name == "leukocytes" and quantity.high < _BARE["leukocytes"][1][0] and quantity.low == int(quantity.low):
        return ""  # so few may be counted in a fluid
    for unit, (least, most) in zip((_GIGA, _DROP), _BARE[analyte.name], strict=True):
        if least <= quantity.low <= quantity.high <= most:
            return unit
    return ""
