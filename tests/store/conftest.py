"""Hand-made results for this room."""

from tests.handmade import failed, other, result

__all__ = ["failed", "other", "result"]
