"""Reference marks in brackets on the line (``[3, 5–7]``).

They stay where they stand and are noted; one right beside a number (``in 1953 [6]``, ``80% [12]``) would be read
with it and is left out of the running text, as raised marks are.
"""

import re
from bisect import bisect_right

from pipeline.extractors._manuscript import Mend, Passage

BRACKETED = re.compile(r"\s?\[\s*\d{1,3}(?:\s*[-–−,;]\s*\d{1,3})*\s*\](?!\s*[A-Za-z]{0,2}/)")
Run = tuple[int, int, int, int, float, float, float, float]


def without_bracketed_marks(passage: Passage, runs: list[Run]) -> tuple[Passage, list[Run]]:
    """The passage and its runs with bracketed reference marks taken out and kept as marks."""
    marked = list(BRACKETED.finditer(passage.text))
    if not marked:
        return passage, runs
    found = [match for match in marked if _beside_number(passage.text, match)]
    starts, removed, parts, at = [], [0], [], 0
    for match in found:
        parts.append(passage.text[at : match.start()])
        at = match.end()
        starts.append(match.start())
        removed.append(removed[-1] + len(match.group()))
    parts.append(passage.text[at:])
    ends = [match.end() for match in found]

    def moved(offset: int) -> int:
        index = bisect_right(starts, offset)
        if index and offset < ends[index - 1]:
            return starts[index - 1] - removed[index - 1]
        return offset - removed[index]

    marks = [(moved(a), moved(b), text) for a, b, text in passage.marks]
    for match in marked:
        end = match.start() if match in found else match.end()
        start = end if match in found else end - len(match.group().lstrip())
        marks.append((moved(start), moved(end), match.group().strip()))
    mends = [
        Mend(start=moved(mend.start), end=moved(mend.end), kind=mend.kind, original=mend.original)
        for mend in passage.mends
        if moved(mend.start) < moved(mend.end)
    ]
    kept = [(moved(a), moved(b), *place) for a, b, *place in runs if moved(a) < moved(b)]
    return Passage(text="".join(parts).rstrip(), marks=tuple(sorted(marks)), mends=tuple(mends)), kept  # type: ignore[return-value]


def _beside_number(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip(" %).,;:°]")[-1:], text[match.end() :].lstrip(" ,.;:([")[:1]
    return before.isdigit() or after.isdigit()
