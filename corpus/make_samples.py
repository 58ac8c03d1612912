"""Write ``corpus/samples/`` from ``corpus/sources/``: ``python corpus/make_samples.py``.

``--text DIR`` writes the plain text of every sample, whatever its format, for checking the gold's quotes.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from render import jats as jats_xml
from render import journal, plain
from render.report import Report, read_report

HERE = Path(__file__).resolve().parent
ENDINGS = {"pdf": "pdf", "text": "txt", "xml": "xml"}


def rendered(report: Report) -> bytes:
    """The bytes of the report's file."""
    if report.format == "pdf":
        return journal.render(report)
    text = plain.render(report) if report.format == "text" else jats_xml.render(report)
    return text.encode()


def main() -> None:
    """Write all samples, or their plain texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "samples", help="folder of the samples")
    parser.add_argument("--text", type=Path, help="write plain texts to this folder instead")
    arguments = parser.parse_args()
    for path in sorted((HERE / "sources").glob("*.toml")):
        report = read_report(path)
        if arguments.text:
            arguments.text.mkdir(parents=True, exist_ok=True)
            (arguments.text / f"{report.id}.txt").write_text(plain.render(report), encoding="utf-8")
        else:
            arguments.out.mkdir(parents=True, exist_ok=True)
            (arguments.out / f"{report.id}.{ENDINGS[report.format]}").write_bytes(rendered(report))


if __name__ == "__main__":
    main()
