"""The ledger as JSON lines: out and in again, the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.ledger import Decision
from pipeline.ledger.lines import from_lines, to_lines
from tests.ledger.making import MOMENT

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
CELLS = st.dictionaries(TEXT, TEXT, max_size=4)


@st.composite
def any_decision(draw: st.DrawFn) -> Decision:
    action = draw(st.sampled_from(["accept", "edit", "reject", "add", "split", "merge", "move", "undo", "comment"]))
    named = TEXT.filter(lambda text: bool(text.strip()))
    return Decision(
        number=draw(st.integers(1, 10**9)),
        doc_id=draw(named),
        evidence_id=draw(named),
        kind=draw(st.sampled_from(["regimen", "case"])),
        action=action,
        curator=draw(named),
        reading=draw(st.sampled_from([0, 1, 2])),
        decided_at=MOMENT,
        before=draw(CELLS),
        after=draw(CELLS),
        comment=draw(TEXT),
        undoes=draw(st.integers(1, 9)) if action == "undo" else None,
    )


@given(st.lists(any_decision(), max_size=4, unique_by=lambda one: one.number))
def test_decisions_come_back_as_they_were(decisions: list[Decision]) -> None:
    lines = list(to_lines(decisions))
    assert from_lines("".join(lines)) == sorted(decisions, key=lambda one: one.number)
    assert list(to_lines(from_lines("".join(lines)))) == lines
    assert all(line.count("\n") == 1 for line in lines)


GOOD = '{"number": 1, "doc_id": "d", "evidence_id": "e", "kind": "case", "action": "accept", "curator": "a", '


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "{}",
        GOOD + '"decided_at": "yesterday"}',
        GOOD + f'"decided_at": "{MOMENT}", "mood": "good"}}',
        GOOD + f'"decided_at": "{MOMENT}", "before": {{"a": 1}}}}',
        GOOD + f'"decided_at": "{MOMENT}", "comment": "\\u0000"}}',
        GOOD + f'"decided_at": "{MOMENT}", "comment": 1}}',
        GOOD.replace("accept", "bless") + f'"decided_at": "{MOMENT}"}}',
        GOOD.replace('"number": 1', '"number": "1"') + f'"decided_at": "{MOMENT}"}}',
    ],
)
def test_a_line_that_is_no_decision_is_named(line: str) -> None:
    with pytest.raises(UsageError, match="line 2 is no decision"):
        from_lines(f'{GOOD}"decided_at": "{MOMENT}"}}\n{line}\n')
