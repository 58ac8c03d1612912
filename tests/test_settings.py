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
        ("[rading]\n", "rading: Extra inputs are not permitted"),
        ("[ner]\nmodels = ''\n", "ner.models: Extra inputs are not permitted"),
        ("[reading]\nmax_seconds = 0\n", "reading.max_seconds: Input should be greater than 0"),
        ("[reading]\nmax_pages = 2.5\n", "reading.max_pages: Input should be a valid integer"),
        ("[reading]\nocr = 'on'\n", "reading.ocr: Input should be 'auto' or 'off'"),
        ("[evidence]\nctcae_version = '7'\n", "evidence.ctcae_version: String should match pattern"),
        ("reading = 3\n", "reading: Input should be a valid dictionary"),
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
