"""Names that are offered while a curator types, and the codes that go with them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from itertools import islice, takewhile

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.lexicon import load_lexicons
from pipeline.review.desk import desk_of, templates
from pipeline.review.form import wording
from pipeline.review.rundir import RunDirectory, tables

_MOST, _LONGEST, _FEWEST_LETTERS = 40, 100, 2


def names(request: Request) -> Response:
    """Names for a cell: those that the run holds first, then the lexicons'. Of a list, for its last member."""
    desk = desk_of(request)
    column = request.path_params["column"]
    if column not in _columns():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    whole = request.query_params.get(column, "")[: 20 * _LONGEST]
    done, _, typed = whole.rpartition(";")
    typed = typed.strip().casefold()
    if column not in desk.names:
        desk.names[column] = known_names(desk.run, column)
    offered = list(islice((name for name in desk.names[column] if typed in name.casefold()), _MOST))
    if len(typed) >= _FEWEST_LETTERS:
        offered += [name for name in beginning(column, typed) if name not in offered]
    before = f"{done};" if done else ""
    told = {"names": [before + name for name in offered[: 2 * _MOST]]}
    return HTMLResponse(templates().get_template("names.html").render(told))


def known_names(run: RunDirectory, column: str) -> list[str]:
    """What the run holds in a column, the most frequent first."""
    found: Counter[str] = Counter()
    for _, cells in run.facts.values():
        found.update(part for part in cells.get(column, "").split(";") if 0 < len(part) <= _LONGEST)
    return [name for name, _ in found.most_common()]


def beginning(column: str, letters: str) -> list[str]:
    """Preferred names of the lexicons that stand in a column and begin so."""
    if column not in wording()["lexicons"]:
        return []
    listed = _preferred(column)
    rest = islice(listed, bisect_left(listed, letters), None)
    return list(islice(takewhile(lambda name: name.startswith(letters), rest), _MOST))


def with_codes(cells: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    """The changes, with the codes of names that were changed; a code that was typed stays."""
    found = dict(changes)
    for column, code in wording()["codes"].items():
        if column in changes and code not in changes and code in cells:
            entry = load_lexicons().find(changes[column], *wording()["lexicons"][column]) if changes[column] else None
            named = entry.code if entry is not None and entry.name == changes[column] else ""
            if named != cells[code]:
                found[code] = named
    return found


@cache
def _columns() -> frozenset[str]:
    return frozenset(column.name for table in tables().values() for column in table.columns)


@cache
def _preferred(column: str) -> list[str]:
    labels = wording()["lexicons"][column]
    lexicons = load_lexicons()
    entries = map(lexicons.entry, range(len(lexicons.rows)))
    return sorted({entry.name for entry in entries if entry.label in labels})
