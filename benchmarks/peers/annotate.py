"""Words a second of medspaCy and EDS-NLP, as JSON on standard output; runs in an environment that has them.

python annotate.py TEXTS.jsonl ROUNDS

The time to load is left out; of several rounds the fastest counts. A dozen terms are looked for, so that the pipes for
context have something to look at; more terms would cost the peers more.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TERMS = ("prednisone", "methotrexate", "rituximab", "fever", "pain", "cough", "nausea", "rash", "anemia", "sepsis")
NINE = ("sentences", "normalizer", "matcher", "negation", "hypothesis", "family", "history", "dates", "quantities")


def medspacy_default() -> Any:
    """MedspaCy as it comes: tokenizer, PyRuSH sentences, target matcher, context."""
    import medspacy
    from medspacy.ner import TargetRule

    nlp = medspacy.load()
    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(term, "TERM") for term in TERMS])
    return nlp


def medspacy_context() -> Any:
    """MedspaCy's context rules alone, on spaCy's tokenizer, sentence rule and entity ruler."""
    import medspacy.context  # noqa: F401  its pipes are known by its import
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "TERM", "pattern": term} for term in TERMS])
    nlp.add_pipe("medspacy_context")
    return nlp


def edsnlp_nine() -> Any:
    """EDS-NLP with nine rule pipes."""
    import edsnlp

    nlp = edsnlp.blank("eds")
    for name in NINE:
        config = {"terms": {"term": list(TERMS)}} if name == "matcher" else {}
        nlp.add_pipe(f"eds.{name}", config=config)
    return nlp


PEERS: dict[str, Callable[[], Any]] = {
    "medspaCy, default pipes": medspacy_default,
    "medspaCy, context rules alone": medspacy_context,
    "EDS-NLP, nine rule pipes": edsnlp_nine,
}


def speed(nlp: Any, texts: list[str], rounds: int) -> float:
    """Words a second of processor time."""
    words = sum(len(text.split()) for text in texts)
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        spent.append(time.process_time() - begun)
    return words / min(spent)


def main() -> None:
    """Measure those that are installed."""
    logging.disable(logging.CRITICAL)
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    # what the peers print while they load is no part of the answer
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    found = {}
    for name, build in PEERS.items():
        try:
            nlp = build()
        except ImportError:
            continue
        found[name] = speed(nlp, texts, int(sys.argv[2]))
    answer.write(json.dumps(found))
    answer.close()


if __name__ == "__main__":
    main()
