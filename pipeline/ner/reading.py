"""What a trained reader finds."""

from dataclasses import dataclass

from pipeline.datamodel import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A trained reader's mention: ``style`` is the annotation style it follows, empty where the model has one only."""

    mention: Mention
    style: str
