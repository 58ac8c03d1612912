"""Words a second of ``casebook annotate``, with the trained reader and by rules alone, beside other rule pipelines."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Given
from benchmarks.timing import casebook, seconds

TITLE = "Mentions and relations of raw texts (`casebook annotate`)"
RANK = 1
PEERS = Path(__file__).parents[1] / "peers" / "annotate.py"
ROUNDS = 3


def measure(given: Given) -> Iterator[Figure]:
    """Each peer beside each way to annotate; the time to load is left out for all."""
    texts = given.texts or _texts(given)
    words = sum(len(json.loads(line)["text"].split()) for line in texts.read_text(encoding="utf-8").splitlines())
    beside = _peers(given, texts)
    for what, arguments in _ways(given).items():
        ours = words / _spent(given, texts, arguments)
        for peer, speed in beside.items() or [("", 0.0)]:
            figure = Figure(what=what, ours=f"{ours:,.0f} words/s")
            if peer:
                theirs = f"{speed:,.0f} words/s"
                figure = Figure(what=what, ours=figure.ours, peer=peer, theirs=theirs, ratio=ours / speed)
            yield figure


def _ways(given: Given) -> dict[str, tuple[str, ...]]:
    rules = given.scratch / "rules.toml"
    rules.write_text('[ner]\nmodel = "none"\n', encoding="utf-8")
    return {"annotate, trained reader included": (), "annotate, rules alone": ("--config", str(rules))}


def _spent(given: Given, texts: Path, arguments: tuple[str, ...]) -> float:
    """Seconds for the texts alone: what an empty text takes is the start."""
    empty, marked = given.scratch / "empty.jsonl", given.scratch / "marked.jsonl"
    empty.write_text('{"id": "0", "text": "The patient received prednisone 10 mg daily."}\n', encoding="utf-8")

    def fastest(lines: Path) -> float:
        return min(casebook("annotate", lines, "-o", marked, *arguments) for _ in range(ROUNDS))

    return fastest(texts) - fastest(empty)


def _texts(given: Given) -> Path:
    """The reports' own texts."""
    folder, lines = given.scratch / "texts", given.scratch / "texts.jsonl"
    casebook("text", given.reports, "-o", folder, "-j", "1")
    found = sorted(folder.glob("*.txt"))
    texts = [json.dumps({"id": path.stem, "text": path.read_text(encoding="utf-8")}) for path in found]
    lines.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return lines


def _peers(given: Given, texts: Path) -> dict[str, float]:
    """Words a second of each peer."""
    if given.peers is None:
        return {}
    told = given.scratch / "peers.json"
    seconds([str(given.peers), str(PEERS), str(texts), str(ROUNDS)], told=told)
    return dict(json.loads(told.read_text(encoding="utf-8")))
