"""The corridor over invented reports."""

from collections.abc import Callable

import pytest

from pipeline.process import Corridor
from tests.linking.report import Reading, Report


@pytest.fixture(scope="session")
def read(corridor: Corridor) -> Callable[..., Reading]:
    """Lead an invented report, given as the parts of :class:`Report` with the case first, through the corridor."""

    def reading(case: str = "", **parts: object) -> Reading:
        return Reading(corridor, Report(case=case, **parts))

    return reading
