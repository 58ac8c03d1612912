"""What every entity file promises: a definition, a source, and an example for each pattern."""

from pathlib import Path

import pytest

import pipeline.ner
from pipeline.datamodel.vocabulary import MentionLabel, words
from pipeline.toml import read_toml

FOLDER = Path(pipeline.ner.__file__).parent / "entities"
PATHS = sorted(path for path in FOLDER.glob("*.toml") if not path.name.startswith("_"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_entity_file_explains_itself(path: Path) -> None:
    entity = read_toml(path)
    assert entity["label"] == path.stem
    assert path.stem in words(MentionLabel)
    assert entity["definition"]
    assert entity["source"]
    for pattern in entity["pattern"]:
        marked = [example for example in pattern.get("examples", []) if "[[" in example and "]]" in example]
        assert marked or pattern.get("negative"), f"{path.stem}.{pattern['name']} has no example that tests it"


def test_every_label_is_found_somehow() -> None:
    found_by_lexicon = {"DRUG", "THERAPY", "ANALYTE", "CONDITION", "TOXICITY"}
    assert {path.stem for path in PATHS} | found_by_lexicon == set(words(MentionLabel))
