"""``casebook annotate`` on texts with characters of several code units, combining marks and line ends of all kinds."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.batch.annotation import annotate_file
from pipeline.settings import NerSettings, Settings
from tests.properties.texts import odd_texts

TOLD = "She took methotrexate 15 mg weekly."
WANTED = {("methotrexate", "DRUG"), ("15 mg", "DOSE"), ("weekly", "FREQUENCY")}
PIECES = ["😀", "𝔘𝔫", "e\u0301", "a\u0308\u0323", "\r\n", "\r", "\u2028", "\ufeff", "\ufb01", "\u0130", "\x00", "x "]
pieces = st.sampled_from(PIECES)
before = st.one_of(odd_texts, st.lists(pieces, max_size=12).map("".join))


@settings(max_examples=4, deadline=None, derandomize=True)
@given(befores=st.lists(before, min_size=20, max_size=40))
def test_spans_count_code_points_of_the_text_as_it_was_given(befores: list[str]) -> None:
    texts = [f"{odd}\r\n\r\n{TOLD}" for odd in befores]
    with tempfile.TemporaryDirectory() as folder:
        given_file, made_file = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        lines = (json.dumps({"id": number, "text": text}) for number, text in enumerate(texts))
        given_file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        annotate_file(given_file, made_file, Settings(ner=NerSettings(model="none")))
        made = [json.loads(line) for line in made_file.read_bytes().decode("utf-8").split("\n") if line]
    assert [(one["id"], one["text"]) for one in made] == list(enumerate(texts))
    for one in made:
        last = len(one["text"]) - len(TOLD)
        spans = [s for s in one["spans"] if s["start"] >= last]
        assert {(one["text"][s["start"] : s["end"]], s["label"]) for s in spans} >= WANTED
        places = {(s["start"], s["end"]) for s in one["spans"]}
        ends = {tuple(end) for r in one["relations"] for end in (r["head"], r["tail"])}
        assert ends <= places
        dose = one["text"].rindex("15 mg"), one["text"].rindex("15 mg") + 5
        drug = one["text"].rindex("methotrexate"), one["text"].rindex("methotrexate") + 12
        assert {"head": list(dose), "tail": list(drug), "label": "DOSE_OF"} in one["relations"]
