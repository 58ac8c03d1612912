"""Train casebook's reader: ``python models/training/train.py CORPORA [OUT]``, by the recipe ``reader.toml``.

For each part of the corpora another reader is trained without it and kept in ``build/``: on that part
``agreement.py`` learns how far a reader can be trusted.

CORPORA is a folder with the corpora that the recipe names (one object a line: id, text, spans) and unlabelled
texts. OUT, by default ``models/casebook``, becomes a spaCy pipeline. Sentences of all corpora are mixed; each
teaches the tags of its own annotation style only, so that no style's silence counts against another's spans.
Needs floret. Half an hour on one core.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from reading.examples import Example, read_examples
from reading.loss import chain_loss
from reading.parts import PARTS, part_of
from reading.vectors import add_vectors
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Adam, fix_random_seed, set_dropout_rate
from thinc.types import Ragged

from pipeline.ner._reader.component import Reader
from pipeline.ner._reader.crf import FORBIDDEN
from pipeline.toml import read_toml

HERE = Path(__file__).parent
HELD_OUT = HERE.parents[1] / "build" / "held_out_reader"
META = {
    "name": "casebook",
    "version": "0.1.0",
    "description": "Drugs, conditions, effects and more in clinical reports, in the styles of four corpora",
    "license": "Apache-2.0",
    "spacy_version": ">=3.8,<3.9",
}
Pair = tuple[Doc, Example]


def new_pipeline(recipe: dict[str, Any]) -> tuple[Language, Reader]:
    """An untrained pipeline with the recipe's layers and styles."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "casebook.Words.v1"}}}, meta=dict(META))
    model = {"@architectures": "casebook.StyleReader.v1", "vector_width": recipe["vectors"]["floret"]["dim"]}
    config = {"model": {**model, **recipe["layers"]}, "styles": recipe["styles"]}
    reader = nlp.add_pipe("casebook_reader", config=config)
    assert isinstance(reader, Reader)
    return nlp, reader


def load_corpora(corpora: Path, recipe: dict[str, Any], vocab: Vocab) -> list[tuple[float, list[Pair]]]:
    """The sentences of each corpus with the share of them that an epoch sees."""
    loaded = []
    for corpus in recipe["corpora"]:
        styles = {style: recipe["styles"][style] for style in corpus["styles"]}
        examples = [e for e in read_examples(corpora / corpus["file"], styles) if e.words]
        short = [e for e in examples if len(e.words) <= recipe["training"]["longest_sentence"]]
        if "without" in recipe:
            short = [e for e in short if part_of(e.key) != recipe["without"]]
        pairs = [(Doc(vocab, words=e.words, spaces=e.spaces, tags=e.marks), e) for e in short]
        loaded.append((corpus["share"], pairs))
        print(f"{corpus['file']}: {len(pairs)} sentences", flush=True)
    return loaded


def batches(loaded: list[tuple[float, list[Pair]]], words: int, chance: random.Random) -> list[list[Pair]]:
    """One epoch: batches of one corpus each, in a random order."""
    made: list[list[Pair]] = []
    for share, pairs in loaded:
        order = [pair for _ in range(int(share)) for pair in pairs]
        rest = int((share - int(share)) * len(pairs))
        order += chance.sample(pairs, rest)
        chance.shuffle(order)
        batch: list[Pair] = []
        for pair in order:
            batch.append(pair)
            if sum(len(doc) for doc, _ in batch) >= words:
                made.append(batch)
                batch = []
        if batch:
            made.append(batch)
    chance.shuffle(made)
    return made


def update(reader: Reader, batch: list[Pair], optimizer: Adam) -> float:
    """One step on sentences of one corpus; the loss."""
    docs = [doc for doc, _ in batch]
    lengths = [len(doc) for doc in docs]
    scores, back = reader.model.begin_update(docs)
    gradient = np.zeros_like(scores.dataXd)
    total = 0.0
    for style, first, last in reader.columns():
        if style not in batch[0][1].tags:
            continue
        transitions = reader.transitions[style]
        gold = [example.tags[style] for _, example in batch]
        loss, d_scores, d_transitions = chain_loss(scores.dataXd[:, first:last], lengths, gold, transitions)
        total += loss
        gradient[:, first:last] = d_scores / len(docs)
        free = transitions > FORBIDDEN / 2
        changed, _ = optimizer(("transitions", style), transitions, d_transitions * free / len(docs))
        reader.transitions[style] = np.where(free, changed, FORBIDDEN).astype("f")
    back(Ragged(gradient, scores.lengths))
    reader.model.finish_update(optimizer)
    return total


def epochs(reader: Reader, loaded: list[tuple[float, list[Pair]]], recipe: dict[str, Any]) -> Iterator[Adam]:
    """Train; yields the optimizer, which holds the averages of the weights, after each epoch."""
    plan = recipe["training"]
    chance = random.Random(recipe["seed"])
    optimizer = Adam(plan["learn_rate"], L2=plan["L2"], grad_clip=1.0, use_averages=True)
    for node in reader.model.walk():
        if node.name == "word_types":
            node.attrs["mark_dropout"] = plan["mark_dropout"]
    set_dropout_rate(reader.model, plan["dropout"])
    step, started = 0, time.time()
    for epoch in range(plan["epochs"]):
        epoch_batches = batches(loaded, plan["words_a_batch"], chance)
        loss = 0.0
        for batch in epoch_batches:
            step += 1
            rate = min(1.0, step / plan["warm_up"])
            rate *= max(plan["lowest_rate"], 1 - step / (plan["epochs"] * len(epoch_batches)))
            optimizer.learn_rate = plan["learn_rate"] * rate
            loss += update(reader, batch, optimizer)
        print(f"epoch {epoch + 1}: loss {loss:.0f}, {time.time() - started:.0f} s", flush=True)
        yield optimizer


def save(nlp: Language, reader: Reader, optimizer: Adam, out: Path, recipe: dict[str, Any]) -> None:
    """Write the averaged weights, a reluctance to mark added, without the words of the training texts."""
    averages = optimizer.averages
    current = reader.transitions
    with reader.model.use_params(averages):
        output = reader.model.get_ref("output")
        bias = output.get_param("b").copy()
        for style, first, _ in reader.columns():
            output.get_param("b")[first] += recipe["reluctance"].get(style, 0.0)
        reader.transitions = {style: averages.get(("transitions", style), current[style]) for style in current}
        nlp.to_disk(out)
        output.get_param("b")[:] = bias
    reader.transitions = current
    (out / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
    (out / "recipe.json").write_text(json.dumps(recipe, indent=1) + "\n", encoding="utf-8")


def _without(recipe: dict[str, Any], part: int) -> dict[str, Any]:
    """The recipe of a reader that does not see a part of the documents."""
    own = recipe["held_out"]
    training = {**recipe["training"], **own["training"]}
    return {**recipe, "seed": own["seed"] + part, "without": part, "training": training}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=HERE.parent / "casebook")
    parser.add_argument("--vectors", type=Path, help="a floret table made before, instead of training one")
    args = parser.parse_args()
    recipe = read_toml(HERE / "reader.toml")
    vectors = None
    for plan, out in [(recipe, args.out), *((_without(recipe, part), HELD_OUT / str(part)) for part in range(PARTS))]:
        fix_random_seed(plan["seed"])
        nlp, reader = new_pipeline(plan)
        if vectors is None:
            add_vectors(nlp, args.corpora, plan, args.vectors)
            vectors = nlp.vocab.vectors
        nlp.vocab.vectors = vectors
        loaded = load_corpora(args.corpora, plan, nlp.vocab)
        out.parent.mkdir(parents=True, exist_ok=True)
        reader.model.initialize(X=[loaded[0][1][0][0]])
        for optimizer in epochs(reader, loaded, plan):
            save(nlp, reader, optimizer, out, plan)


if __name__ == "__main__":
    main()
