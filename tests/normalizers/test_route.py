import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import RouteValue, Unresolved, Value
from pipeline.normalizers.route import normalize


def _of(text: str) -> Value:
    return normalize(Mention(start=0, end=len(text), label="ROUTE", text=text, rule="test"))


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("intravenously", "intravenous"),
        ("i.v.", "intravenous"),
        ("IV", "intravenous"),
        ("civ", "intravenous"),
        ("intravenous infusion", "intravenous"),
        ("infusion", "intravenous"),
        ("subcutaneously", "subcutaneous"),
        ("sub-cutaneous", "subcutaneous"),
        ("s.c.", "subcutaneous"),
        ("SC", "subcutaneous"),
        ("i.m.", "intramuscular"),
        ("orally", "oral"),
        ("p.o.", "oral"),
        ("PO", "oral"),
        ("by mouth", "oral"),
        ("by nasogastric tube", "oral"),
        ("tablets", "oral"),
        ("topical", "topical"),
        ("ointment", "topical"),
        ("intra-thecal", "intrathecal"),
        ("intravitreal injection", "intravitreal"),
        ("intralesional injections", "intralesional"),
        ("inhaled", "inhaled"),
        ("nebulized", "inhaled"),
        ("intraperitoneal", "other"),
        ("sublingual", "other"),
        ("eye drops", "other"),
        ("nasal spray", "other"),
    ],
)
def test_routes(text: str, route: str) -> None:
    assert _of(text) == RouteValue(route=route)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["injection", "parenteral"])
def test_what_does_not_tell_the_route_is_refused(text: str) -> None:
    assert isinstance(_of(text), Unresolved)
