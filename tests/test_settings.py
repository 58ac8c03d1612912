import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import Settings, load_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "casebook.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_a_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    assert load_settings(None) == Settings()
    assert load_settings(written(tmp_path, "")) == Settings()
    told = load_settings(written(tmp_path, '[ner]\nlabels = { CHEMICAL = "DRUG" }\n[reading]\nmax_seconds = 3\n'))
    assert told.ner.labels == {"CHEMICAL": "DRUG"}
    assert (told.reading.max_seconds, told.reading.max_pages) == (3, Settings().reading.max_pages)
    assert told.digest() != Settings().digest()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rading]\n", "there is no section [rading]; known: [reading], [ner], [evidence]; did you mean [reading]?"),
        ("[speed]\n", "there is no section [speed]; known: [reading], [ner], [evidence]; take it out or correct it"),
        (
            "[ner]\nmodl = ''\n",
            "section [ner] has no setting modl; known: model, labels, abbreviations; did you mean model?",
        ),
        ("ocr = 'off'\n", "ocr stands in no section; write it below a line [reading]"),
        ("[reading]\nmax_seconds = 0\n", "reading.max_seconds: must be more than 0, not 0"),
        ("[reading]\nmax_seconds = 'long'\n", 'reading.max_seconds: must be a number, not "long"'),
        ("[reading]\nmax_pages = 2.5\n", "reading.max_pages: must be a whole number, not 2.5"),
        ("[reading]\nocr = 'on'\n", "reading.ocr: must be 'auto' or 'off', not \"on\""),
        (
            "[evidence]\nctcae_version = '7'\n",
            'evidence.ctcae_version: must be one of 4, 5, 6, in quotation marks, not "7"',
        ),
        ("[evidence]\nctcae_version = 5\n", "evidence.ctcae_version: must be words in quotation marks, not 5"),
        ("[evidence]\nlow_confidence = 2\n", "evidence.low_confidence: must be at most 1, not 2"),
        ("[ner]\nabbreviations = 'maybe'\n", 'ner.abbreviations: must be true or false, not "maybe"'),
        ("[ner]\nlabels = 'DRUG'\n", 'ner.labels: must be a table, e.g. { CHEMICAL = "DRUG" }, not "DRUG"'),
        ("[ner]\nlabels = { CHEMICAL = 1 }\n", "ner.labels.CHEMICAL: must be words in quotation marks, not 1"),
        ("reading = 3\n", "reading: must be a section: a line [reading] and its settings below it, not 3"),
        ("reading", "is not TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        load_settings(written(tmp_path, text))
    assert said in str(raised.value)


def test_without_a_file_nothing_is_loaded_to_check_it() -> None:
    check = (
        "import sys; from pipeline.settings import load_settings; load_settings(None); print('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], capture_output=True, text=True).stdout.strip() == "False"
