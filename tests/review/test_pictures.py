"""Pictures of the desk for ``docs/review.md``, of the sample reports.

They are made with every run, so that they can be made; ``PICTURES=docs/images`` keeps them.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.review.reader import Reader

PLACE = os.environ.get("PICTURES", "")
LEAST = 20_000  # bytes: a blank page is smaller


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = Path(PLACE) if PLACE else tmp_path
    found.mkdir(parents=True, exist_ok=True)
    return found


def test_queue_desk_and_course(readers: Callable[[], Reader], folder: Path) -> None:
    ana = readers()
    ana.page.set_viewport_size({"width": 1280, "height": 800})
    ana.go("/?search=ctcl_alemtuzumab&kind=regimen")
    ana.click(".queue .entry")
    for key in ("a", "a", "r"):
        ana.press(key)
    ana.go("/")
    taken = [picture(ana, folder / "queue.png")]
    ana.go("/?search=ctcl_alemtuzumab+neutrophil&kind=toxicity")
    ana.click(".queue .entry")
    ana.page.wait_for_selector(".layer .mark")
    taken.append(picture(ana, folder / "desk.png"))
    ana.page.emulate_media(color_scheme="dark")
    taken.append(picture(ana, folder / "desk-dark.png"))
    ana.page.emulate_media(color_scheme="light")
    ana.page.locator("#timeline").screenshot(path=folder / "course.png")
    assert min(path.stat().st_size for path in [*taken, folder / "course.png"]) > LEAST


def picture(reader: Reader, path: Path) -> Path:
    reader.page.wait_for_function("[...document.images].every(image => image.complete)")
    reader.page.screenshot(path=path)
    return path
