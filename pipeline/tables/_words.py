"""The words in which summaries and reviews speak, read once."""

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.toml import read_toml


@cache
def wording() -> dict[str, Any]:
    """The file ``wording.toml`` beside this one."""
    return read_toml(Path(__file__).with_name("wording.toml"))


def phrase(vocabulary: str, word: str) -> str:
    """A vocabulary's word as it is said in a sentence; the word itself where nothing else is said."""
    said = wording()["summary"].get(vocabulary, {}).get(word, word)
    return str(said)
