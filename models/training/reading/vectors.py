"""Static vectors of character n-grams, trained by floret on unlabelled reports and the training texts."""

import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.vectors import Vectors

from pipeline.ner._reader.component import WORDS


def add_vectors(nlp: Language, corpora: Path, recipe: dict[str, Any], made: Path | None = None) -> None:
    """Train the vectors, or read the table ``made`` before, and put them into the pipeline's vocabulary.

    One thread: more would make each run's vectors others.
    """
    settings = recipe["vectors"]
    if made is not None:
        nlp.vocab.vectors = _read(nlp, made, settings["norm"])
        return
    import floret

    files = [settings["unlabelled"], *(corpus["file"] for corpus in recipe["corpora"])]
    with tempfile.TemporaryDirectory() as folder:
        texts, table = Path(folder, "texts.txt"), Path(folder, "table.floret")
        with texts.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{line}\n" for name in files for line in _lines(corpora / name))
        model = floret.train_unsupervised(str(texts), mode="floret", thread=1, verbose=0, **settings["floret"])
        model.save_floret_vectors(str(table))
        nlp.vocab.vectors = _read(nlp, table, settings["norm"])


def _lines(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    for line in content.decode("utf-8").splitlines():
        if line.strip():
            for paragraph in json.loads(line)["text"].lower().split("\n"):
                words = WORDS.findall(paragraph)
                if len(words) > 4:
                    yield " ".join(words)


def _read(nlp: Language, table: Path, norm: float) -> Vectors:
    with table.open(encoding="utf-8") as lines:
        rows, dim, minn, maxn, hash_count, hash_seed, bow, eow = next(lines).split()
        values = np.zeros((int(rows), int(dim)), dtype="f")
        for line in lines:
            row, *numbers = line.rstrip().split(" ")
            values[int(row)] = [float(number) for number in numbers]
    values *= norm / np.linalg.norm(values, axis=1).mean()
    return Vectors(
        strings=nlp.vocab.strings,
        data=values,
        mode="floret",
        minn=int(minn),
        maxn=int(maxn),
        hash_count=int(hash_count),
        hash_seed=int(hash_seed),
        bow=bow,
        eow=eow,
    )
