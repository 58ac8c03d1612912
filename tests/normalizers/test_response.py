from pathlib import Path

import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ResponseValue, Unresolved
from pipeline.normalizers import response
from pipeline.toml import read_toml

_RULES = read_toml(Path(response.__file__).with_suffix(".toml"))


def _of(text: str) -> object:
    return response.normalize(Mention(start=0, end=len(text), label="RESPONSE", text=text, rule="test"))


@pytest.mark.parametrize(
    ("text", "category"), [(text, rule["category"]) for rule in _RULES["category"] for text in rule["examples"]]
)
def test_each_category_on_its_examples(text: str, category: str) -> None:
    value = _of(text)
    assert isinstance(value, ResponseValue)
    assert value.category == category


@pytest.mark.parametrize(
    ("text", "compartment"),
    [(text, rule["compartment"]) for rule in _RULES["compartment"] for text in rule["examples"]],
)
def test_each_compartment_on_its_examples(text: str, compartment: str) -> None:
    value = _of(text)
    assert isinstance(value, ResponseValue)
    assert value.compartment == compartment


def test_percentages() -> None:
    assert _of("80% erythroderma clearance") == ResponseValue(category="improved", compartment="skin", low=80, high=80)
    assert _of("response rates of 50%–90%") == ResponseValue(category="improved", low=50, high=90)
    assert isinstance(_of("response rate of 150%"), Unresolved)
