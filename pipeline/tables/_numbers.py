"""Numbers as a reader writes them."""


def shortest(value: float | None) -> str:
    """The shortest text that reads back as the same number, ``30`` rather than ``30.0``; empty for None."""
    if value is None:
        return ""
    whole = abs(value) < 1e15 and value == int(value)
    return str(int(value)) if whole else repr(float(value))


def interval(low: float | None, high: float | None) -> str:
    """``12``, ``12-30``, or empty."""
    if low is None or high is None or low == high:
        return shortest(high if low is None else low)
    return f"{shortest(low)}-{shortest(high)}"
