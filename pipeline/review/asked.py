"""Numbers that a browser asks with: of an address or a form, so perhaps anything."""

_LONGEST = 15  # digits, which every browser counts exactly


def whole(told: str, otherwise: int = 0) -> int:
    """The whole number that ``told`` is; ``otherwise`` where it is none or too long to be meant."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= _LONGEST else otherwise
