"""The last lines of a command: what was done, and where to look next. Reports are :class:`RunReport` or alike."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any


def show_run(report: "Any", output: "Path | str") -> None:
    """Documents, rows by table, flags, and where to look."""
    lines = [_documents(report), *_rows(report)]
    if report.unchanged:
        lines.append("nothing has changed since the last run: the tables stand as they are")
    if report.flags:
        flags = sorted(report.flags.items(), key=lambda pair: (-pair[1], pair[0]))
        lines.append("flags: " + ", ".join(f"{name} {count}" for name, count in flags))
    lines += _empty_handed(report, output)
    lines += [f"took {report.seconds['total']:.1f} s", *_next(report, output)]
    print("\n".join(lines))


def show_json(report: "Any", output: "Path | str", exit_code: int) -> None:
    """The same for a program, as one line of JSON."""
    import json

    counts = {"documents": report.documents, "failed": report.failed, "pending": report.pending}
    more = {"cached": report.cached, "twins": report.twins, "unchanged": report.unchanged}
    more |= {"rowless": report.rowless, "foreign": report.foreign}
    told = {"rows": report.rows, "flags": report.flags, "seconds": {k: round(v, 3) for k, v in report.seconds.items()}}
    print(json.dumps({"output": str(output), "exit_code": exit_code, **counts, **more, **told}))


def show_texts(report: "Any", output: "Path | str") -> None:
    """How many texts were written, and where."""
    print(f"{_documents(report)}\ntook {report.seconds['total']:.1f} s; the texts are in {output}")


def _documents(report: "Any") -> str:
    read = report.documents - report.failed - report.pending
    parts = [f"{read} document{'' if read == 1 else 's'} read"]
    if report.failed:
        parts.append(f"{report.failed} failed")
    if report.pending:
        parts.append(f"{report.pending} not begun (interrupted)")
    if report.cached and not report.unchanged:
        parts.append(f"{report.cached} of them by an earlier run")
    if report.twins:
        parts.append(f"{report.twins} not used beside a better copy of the same article")
    return ", ".join(parts)


def _rows(report: "Any") -> "Iterator[str]":
    width = max(len(name) for name in report.rows) + len(".csv")
    for name, count in report.rows.items():
        yield f"  {name + '.csv':{width}} {count:7,} row{'' if count == 1 else 's'}"


def _empty_handed(report: "Any", output: "Path | str") -> "Iterator[str]":
    """Documents that were read and gave nothing, or cannot have been understood."""
    if report.rowless:
        more = ", ..." if report.rowless > len(report.named) else ""
        count = f"{report.rowless} document{'' if report.rowless == 1 else 's'} gave no rows"
        yield f"{count}: {', '.join(report.named)}{more} (n_rows is 0 in {output}/documents.csv)"
    if report.foreign:
        languages = ", ".join(f"{name} {count}" for name, count in sorted(report.foreign.items()))
        yield f"not in English, so hardly read: {languages} (column language of {output}/documents.csv)"


def _next(report: "Any", output: "Path | str") -> "Iterator[str]":
    if report.pending:
        yield "the same command goes on where this one stopped"
    if report.failed:
        yield f"why documents failed: {output}/documents.csv, column error"
    if report.rows.get("review"):
        yield f"look first at {output}/review.csv: what a curator should check, most urgent first"
    yield f"all rows, each with its quote: {output}/evidence.csv"
