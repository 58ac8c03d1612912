"""``words``: words of medical texts, for the repair of broken spacing."""

import gzip
from pathlib import Path

from pipeline.lexicon import tables
from pipeline.lexicon.compile.sources import Sources, rules

HEADER = {
    "label": "TABLE",
    "system": "",
    "source": "words of the names in UNII, RxNorm, MeSH, Human Disease Ontology, CTCAE",
    "version": "1",
    "licence": "as the sources: US public domain, CC0-1.0, courtesy of the U.S. National Library of Medicine",
}


def write(sources: Sources, out: Path) -> list[str]:
    """Write ``words.tsv.gz``."""
    text = gzip.decompress((sources.folder / "medical_tokens.txt.gz").read_bytes()).decode()
    shortest = rules()["words"]["shortest"]
    found = sorted({w for w in text.split("\n") if len(w) >= shortest and w[0].isalpha() and w[-1].isalpha()})
    tables.write(out / "words.tsv.gz", HEADER, ("word",), [(word,) for word in found])
    return [f"words: {len(found)}"]
