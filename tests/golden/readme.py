"""The part of the README that shows what ``make run`` gives: written, and compared, from a real run."""

import re
from pathlib import Path

from tests.golden.expected import table

README = Path(__file__).resolve().parents[2] / "README.md"
SHOWN = (
    "case_id role therapy_type therapy therapy_code dose_low dose_high dose_unit route frequency_text per_week status"
)
_BLOCK = re.compile(r"(<!-- run: written by make golden -->\n).*?(<!-- end -->)", re.DOTALL)


def evidence_row(run: Path) -> dict[str, str]:
    """The row that the README shows: the index drug of the first sample at its full dose."""
    rows = table(run, "regimens")
    return next(
        row
        for row in rows
        if (row["doc_id"], row["therapy"], row["attribution"]) == ("ctcl_alemtuzumab", "alemtuzumab", "patient")
        and row["per_week"] == "3"
    )


def shown(run: Path, summary: str) -> str:
    """The block: the command's closing summary, and one row with its quote."""
    row = evidence_row(run)
    summary = summary.replace(str(run), "outputs").strip()
    cells = "\n".join(f"| `{column}` | {row[column]} |" for column in SHOWN.split(" ") if row[column])
    quote = " ".join(row["quote"].split())
    return f"""
`make run` ends with

```
{summary}
```

and one row of `outputs/regimens.csv` says, with the words it was taken from (page {row["page"]}, characters
{row["start"]} to {row["end"]} of `outputs/text/{row["doc_id"]}.txt`):

> “{quote}”

| column | cell |
| --- | --- |
{cells}

"""


def write(run: Path, summary: str) -> None:
    """Put the block into the README."""
    text = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda m: m[1] + shown(run, summary) + m[2], text), encoding="utf-8")


def timeless(text: str) -> list[str]:
    """The lines that are the same in every run."""
    return [line for line in text.splitlines() if not re.match(r"(in|took) [\d.]+ s", line)]


def block() -> str:
    """What stands in the README now."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    assert found
    return found[0].removeprefix(found[1]).removesuffix(found[2])
