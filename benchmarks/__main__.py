"""Measures casebook beside its peers.

python -m benchmarks corpus/samples                              prints the report
python -m benchmarks papers/ --texts notes.jsonl -o docs/benchmarks.md   writes it
python -m benchmarks corpus/samples --only annotate              one section of it
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import sections
from benchmarks.figures import Figure, Given
from benchmarks.report import markdown
from pipeline import registry


def asked() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, help="folder of reports")
    parser.add_argument("--texts", type=Path, help='JSON lines of raw texts, {"id", "text"} each')
    parser.add_argument("--peers", type=Path, help="Python of the environment with the peers; may be absent")
    parser.add_argument("--only", action="append", choices=registry.names(sections), help="leave the others out")
    parser.add_argument("-o", dest="output", type=Path, help="Markdown file to write")
    return parser.parse_args()


def notes(given: Given) -> Sequence[str]:
    """What the figures are of."""
    kinds = sorted(path.suffix for path in given.reports.rglob("*") if path.is_file())
    pdfs = kinds.count(".pdf")
    told = [f"Reports: {len(kinds)} files of `{given.reports.name}`, {pdfs} of them PDF."]
    if given.texts:
        texts = [json.loads(line)["text"] for line in given.texts.read_text(encoding="utf-8").splitlines()]
        words = sum(len(text.split()) for text in texts)
        told.append(f"Raw texts: {len(texts)} of `{given.texts.name}`, {words} words.")
    return told


def main() -> None:
    """Measure, print, and write where asked."""
    told = asked()
    found: dict[str, list[Figure]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        peers = told.peers if told.peers and told.peers.exists() else None
        given = Given(reports=told.reports, texts=told.texts, peers=peers, scratch=Path(scratch))
        chosen = told.only or registry.names(sections)
        for section in sorted((registry.load(sections, name) for name in chosen), key=lambda member: member.RANK):
            print(section.TITLE, file=sys.stderr)
            found[section.TITLE] = list(section.measure(given))
        report = markdown(found, notes(given))
    print(report)
    if told.output:
        told.output.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
