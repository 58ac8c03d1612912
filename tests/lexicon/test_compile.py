import gzip
import json
from pathlib import Path

import pytest

from pipeline.lexicon import tables
from pipeline.lexicon.compile import drugs, grading
from pipeline.lexicon.compile.__main__ import main
from pipeline.lexicon.compile.sources import Sources, match_rule

DRUGS = """name	kind	preferred	unii	rxcui	ambiguous_en	source
ZOLVATINIB	generic	zolvatinib	AAAAAAAAAA	1	0	UNII
ZOLVATINIB MESYLATE	generic	zolvatinib mesylate	BBBBBBBBBB		0	UNII
ZOLVAX	brand	zolvatinib mesylate	BBBBBBBBBB		0	UNII
HAPPY	brand	zolvatinib	AAAAAAAAAA		1	UNII
ZL-4455	code	zolvatinib	AAAAAAAAAA		0	UNII
NSC-4455	code	zolvatinib	AAAAAAAAAA		0	UNII
OAK POLLEN	generic	oak pollen	CCCCCCCCCC		0	UNII
DUO	brand	zolvatinib + otherdrug			0	RXNORM
SODIUM ZOLVATE	generic	sodium zolvate	DDDDDDDDDD		0	UNII
"""


@pytest.fixture
def compiled(tmp_path: Path) -> dict[str, dict[str, str]]:
    (tmp_path / "drug_lexicon.tsv.gz").write_bytes(gzip.compress(DRUGS.encode()))
    drugs.write(Sources(tmp_path), tmp_path)
    return {row["name"]: row for row in tables.read(tmp_path / "drugs.tsv.gz").records()}


def test_salts_are_folded_to_the_base(compiled: dict[str, dict[str, str]]) -> None:
    for name in ("zolvatinib mesylate", "zolvax"):
        assert (compiled[name]["preferred"], compiled[name]["code"]) == ("zolvatinib", "UNII:AAAAAAAAAA")


def test_english_words_are_marked(compiled: dict[str, dict[str, str]]) -> None:
    assert compiled["happy"]["match"] == "dose"


def test_company_codes_stay_and_register_numbers_go(compiled: dict[str, dict[str, str]]) -> None:
    assert compiled["ZL-4455"]["match"] == "caps"
    assert "NSC-4455" not in compiled


@pytest.mark.parametrize("name", ["oak pollen", "duo"])
def test_what_is_no_single_medicine_goes(compiled: dict[str, dict[str, str]], name: str) -> None:
    assert name not in compiled


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CHOP", ("CHOP", "caps")),
        ("=Na", ("Na", "exact")),
        ("~Soma", ("Soma", "dose")),
        ("Campath", ("Campath", "any")),
    ],
)
def test_marks_of_own_lists(name: str, expected: tuple[str, str]) -> None:
    assert match_rule(name) == expected


def test_thresholds_are_read_from_the_grading_code(tmp_path: Path) -> None:
    row = {
        "SOC": "Investigations",
        "TERM": "Platelet count decreased",
        "GRADE_4_CODE": 'signif(AVAL, signif_dig) < 25 ~ "4"',
        "GRADE_3_CODE": None,
        "GRADE_1_CODE": 'is.na(ANRLO) ~ NA_character_,  signif(AVAL, signif_dig) < signif(ANRLO, signif_dig) ~ "1"',
    }
    (tmp_path / "lab_grading").mkdir()
    for version in "456":
        (tmp_path / "lab_grading" / f"ncictcaev{version}.json").write_text(json.dumps([row]))
    for version in "56":
        (tmp_path / f"ctcae_v{version}.tsv").write_text("soc\tterm\nInvestigations\tPlatelet count decreased\n")
    grading.write(Sources(tmp_path), tmp_path)
    rows = [r for r in tables.read(tmp_path / "lab_grades.tsv").records() if r["version"] == "5"]
    found = {(r["grade"], r["direction"], r["limit"], r["unit"], r["relative"]) for r in rows}
    assert found == {("4", "low", "25", "10*9/L", ""), ("1", "low", "1", "", "LLN")}


def test_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
