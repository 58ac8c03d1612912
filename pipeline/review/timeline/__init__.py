"""A patient at a glance: regimens as bars, responses and toxicities as marks, counts as lines, on one axis of days.

Drawn from the rows as they stand. What no row gives a time is never given one: earlier and later treatments stand in
margins of their own, in the order of the text, and all else is listed below.
"""

from pipeline.review.timeline.drawing import Chart, chart_of
from pipeline.review.timeline.placing import Placed, placed

__all__ = ["Chart", "Placed", "chart_of", "placed"]
