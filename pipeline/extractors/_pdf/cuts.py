"""Reference marks in brackets on the line (``[3, 5–7]``, or ``(3, 5–7)`` where a document numbers them so).

They stay where they stand and are noted; one right beside a number (``in 1953 [6]``, ``80% [12]``) would be read
with it and is left out of the running text, as raised marks are.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extractors._manuscript import Mend, Passage
from pipeline.extractors._pdf.runs import Run, single

_BRACKETED = re.compile(r"\s?\[\s*\d{1,3}(?:\s*[-–−,;]\s*\d{1,3})*\s*\](?!\s*[A-Za-z]{0,2}/)")
_ROUND = re.compile(r"\s?\(\s*\d{1,3}(?:\s*[-–−,;]\s*\d{1,3})*\s*\)(?!\s*[A-Za-z]{0,2}/)")
_RANGE = re.compile(r"(\d+)(?:\s*[-–−]\s*(\d+))?")
_FEWEST_MARKS = 3  # bracketed numbers from which they are taken for the document's reference marks
_FEWEST_CITED = 10  # works that a document must cite for numbers in round brackets to be marks
_CITED = 0.8  # share of the numbers from one to the last that such marks name


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a document marks its references on the line: a pattern, and the number of the last reference."""

    pattern: re.Pattern[str]
    last: int

    def find(self, text: str) -> list[re.Match[str]]:
        """The marks of a text."""
        return [match for match in self.pattern.finditer(text) if max(_numbers(match.group())) <= self.last]


def mark_style(texts: Sequence[str]) -> MarkStyle | None:
    """How a document with numbered references marks them, if on the line; ``texts`` are its paragraphs."""
    if sum(len(_BRACKETED.findall(text)) for text in texts) >= _FEWEST_MARKS:
        return MarkStyle(_BRACKETED, 999)
    cited = sorted({number for text in texts for match in _ROUND.findall(text) for number in _numbers(match)})
    # Only marks count up: counts of patients in round brackets leave most numbers out.
    last = max((number for at, number in enumerate(cited, 1) if at >= _CITED * number), default=0)
    return MarkStyle(_ROUND, last) if last >= _FEWEST_CITED else None


def _numbers(mark: str) -> list[int]:
    ranges = [(int(first), int(last or first)) for first, last in _RANGE.findall(mark)]
    return [number for first, last in ranges for number in (*range(first, last), last)]


def without_bracketed_marks(passage: Passage, runs: list[Run], style: MarkStyle) -> tuple[Passage, list[Run]]:
    """The passage and its runs with reference marks beside numbers taken out and kept as marks."""
    marked = style.find(passage.text)
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
    text = "".join(parts)
    kept = [part for run in runs for part in _left(run, text, moved, (starts, ends))]
    return Passage(text=text.rstrip(), marks=tuple(sorted(marks)), mends=tuple(mends)), kept


def _left(run: Run, text: str, moved: Callable[[int], int], cuts: tuple[list[int], list[int]]) -> Iterator[Run]:
    """What is left of a run in ``text``, where the cuts, given by their starts and ends, are taken out."""
    starts, ends = cuts
    if bisect_right(starts, run.end) == bisect_right(ends, run.start) and all(run.texts):
        yield replace(run, start=moved(run.start))
        return
    for a, b, x0, x1 in single(run):
        first, last = moved(a), moved(b)
        if first < last:
            yield Run(first, [text[first:last]], [x0], [x1], run.where, run.height)


def _beside_number(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip(" %).,;:°]")[-1:], text[match.end() :].lstrip(" ,.;:([")[:1]
    return before.isdigit() or after.isdigit()
