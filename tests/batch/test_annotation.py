"""``annotate_file``: where the spans of a line lie, however long its text and whatever stands before them."""

import json
from pathlib import Path

import pytest

from pipeline.batch.annotation import annotate_file
from pipeline.settings import NerSettings, Settings

TOLD = "She took methotrexate 15 mg weekly. Later she was given rituximab 500 mg."
WANTED = [
    ("methotrexate", "DRUG"),
    ("15 mg", "DOSE"),
    ("weekly", "FREQUENCY"),
    ("rituximab", "DRUG"),
    ("500 mg", "DOSE"),
]
LINKED = {("15 mg", "methotrexate", "DOSE_OF"), ("500 mg", "rituximab", "DOSE_OF")}
PLAIN = "The dog slept beside the door until the sun was low. "
SPARE = 4000 // len(PLAIN)


def annotated(folder: Path, texts: list[str], settings: Settings) -> list[dict[str, object]]:
    """The lines that are written for these texts."""
    lines = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert annotate_file(folder / "in.jsonl", folder / "out.jsonl", settings) == len(texts)
    made = [json.loads(line) for line in (folder / "out.jsonl").read_bytes().split(b"\n") if line]
    assert [one["text"] for one in made] == texts
    return made


def surfaces(one: dict[str, object]) -> list[tuple[str, str]]:
    """What the text holds at each span that is written, in text order, and the span's label."""
    text, spans = one["text"], one["spans"]
    assert isinstance(text, str)
    assert isinstance(spans, list)
    return [(text[span["start"] : span["end"]], span["label"]) for span in spans]


@pytest.mark.parametrize("model", ["none", ""], ids=["rules alone", "both readers"])
def test_spans_hold_their_words_however_long_the_text(tmp_path: Path, model: str) -> None:
    texts = [PLAIN * times + TOLD + " " + PLAIN * times for times in (0, 1, 3, 6, SPARE)]
    assert [len(text) > 300 for text in texts] == [False, False, True, True, True]
    for one in annotated(tmp_path, texts, Settings(ner=NerSettings(model=model))):
        assert [span for span in surfaces(one) if span[1] in {"DRUG", "DOSE", "FREQUENCY"}] == WANTED
        text, relations = one["text"], one["relations"]
        assert isinstance(text, str)
        assert isinstance(relations, list)
        linked = {(text[slice(*r["head"])], text[slice(*r["tail"])], r["label"]) for r in relations}
        assert linked >= LINKED


@pytest.mark.parametrize("lone", ["\ud83d", "\udc00\ud800", "\ud83d " * 40, "\U0001f600\ude00"], ids=ascii)
def test_half_a_character_counts_as_one(tmp_path: Path, lone: str) -> None:
    texts = [f"{lone} {TOLD}", f"{lone}\n\n{PLAIN * 6}{lone} {TOLD} {lone}"]
    for one in annotated(tmp_path, texts, Settings(ner=NerSettings(model="none"))):
        assert [span for span in surfaces(one) if span[1] in {"DRUG", "DOSE", "FREQUENCY"}] == WANTED


def test_half_a_character_within_a_word_moves_nothing_behind_it(tmp_path: Path) -> None:
    (one,) = annotated(tmp_path, [f"The door\ud83dway was low. {TOLD}"], Settings())
    assert [span for span in surfaces(one) if span[1] in {"DRUG", "DOSE", "FREQUENCY"}] == WANTED
