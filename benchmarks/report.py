"""The report in Markdown: all ratios first, then section by section what was measured."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figures import Figure

HEAD = """# Benchmarks

Written by `make bench`, all figures in one run, one after the other on one core. Times are processor seconds (user and
system), so that other work on the machine hardly shows; figures differ from machine to machine, the ratios much less.
"""


def markdown(sections: Mapping[str, Sequence[Figure]], notes: Sequence[str]) -> str:
    """The whole report.

    Args:
        sections: title -> its figures; one without any is left out.
        notes: what was measured on, a sentence each.
    """
    lines = [HEAD, *(f"- {note}" for note in (*notes, machine())), "", "## Ratios", "", *_ratios(sections)]
    for title, figures in sections.items():
        if figures:
            lines += ["", f"## {title}", "", *_table(figures)]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Python and processor."""
    return f"Python {platform.python_version()} on {_processor()}."


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    names = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    named = [line.partition(":")[2].strip() for line in names if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _ratios(sections: Mapping[str, Sequence[Figure]]) -> Iterator[str]:
    yield "| casebook beside | what | times as fast |"
    yield "| --- | --- | --: |"
    for figures in sections.values():
        yield from (f"| {f.peer} | {f.what} | **{f.ratio:.1f}** |" for f in figures if f.ratio is not None)


def _table(figures: Sequence[Figure]) -> Iterator[str]:
    yield "| what | casebook | beside | |"
    yield "| --- | --: | --- | --: |"
    yield from (f"| {f.what} | {f.ours} | {f.peer} | {f.theirs} |" for f in figures)
