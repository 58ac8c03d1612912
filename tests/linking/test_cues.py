"""Each cue's examples are its tests."""

import pytest

from pipeline.linking.cues import FOLDER, load_cues

CUES = [(path.stem, name) for path in sorted(FOLDER.glob("*.toml")) for name in load_cues(path.stem)]


@pytest.mark.parametrize(("room", "name"), CUES)
def test_a_cue_finds_its_examples_and_not_its_counterexamples(room, name):
    cue = load_cues(room)[name]
    assert cue.examples, "a cue without an example has no test"
    for example in cue.examples:
        assert cue.search(example), example
    for example in cue.counterexamples:
        assert not cue.search(example), example


@pytest.mark.parametrize("room", sorted({room for room, _ in CUES}))
def test_a_room_of_cues_says_what_it_is_for(room):
    assert (FOLDER / f"{room}.toml").read_text(encoding="utf-8").startswith("# ")
