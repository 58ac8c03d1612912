"""Which rows of the queue a reader wants to see, and the way from one to the next."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from pipeline.datamodel.vocabulary import Flag, ReviewStatus, words
from pipeline.review.book import Book, Standing
from pipeline.review.rundir import KINDS

OPEN, ANY = "open", "any"
STATUSES = (OPEN, ANY, *words(ReviewStatus)[1:])
_LONGEST = 200
_NOTHING = "none"
_MOST_DRUGS, _MOST_KEPT = 500, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a reader has asked for; empty: all.

    Attributes:
        document: key of a document.
        flag: a flag, or ``none`` for rows without one.
        drug: a therapy's preferred name.
        status: ``open``, ``any``, or a review status.
        settle: not empty where two readings are settled.
        search: words that must all occur in the row's sentence, its quote or its names.
    """

    document: str = ""
    kind: str = ""
    flag: str = ""
    drug: str = ""
    status: str = OPEN
    curator: str = ""
    search: str = ""
    settle: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filter":
        """The filter that an address asks for; what is no word of a vocabulary asks for nothing."""
        resting = cls()
        given = {field.name: asked.get(field.name, "").strip()[:_LONGEST] for field in fields(cls)}
        known: dict[str, Sequence[str]] = {"kind": list(KINDS), "flag": (*words(Flag), _NOTHING), "status": STATUSES}
        for name, vocabulary in known.items():
            if given[name] not in vocabulary:
                given[name] = getattr(resting, name)
        return cls(**given)

    def query(self, **more: object) -> str:
        """The same as the part of an address after ``?``; what is at rest is left out."""
        own = {field.name: (getattr(self, field.name), field.default) for field in fields(self)}
        asked = {name: value for name, (value, resting) in own.items() if value != resting}
        return urlencode({**asked, **{name: value for name, value in more.items() if value not in ("", None)}})

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the status is asked for."""
        return any(getattr(self, field.name) for field in fields(self) if field.name not in ("status", "settle"))

    def takes(self, standing: Standing) -> bool:
        """Whether a row is one of those asked for; the document is looked at elsewhere."""
        cells = standing.cells
        if self.kind and standing.kind != self.kind:
            return False
        if self.status == OPEN and not standing.is_open:
            return False
        if self.status not in (OPEN, ANY) and standing.row.status != self.status:
            return False
        if self.flag and (self.flag not in standing.flags if self.flag != _NOTHING else bool(standing.flags)):
            return False
        if self.curator and standing.row.curator != self.curator:
            return False
        if self.drug and self.drug not in drugs_of(cells):
            return False
        return all(word in standing.words for word in self.search.casefold().split())


def drugs_of(cells: Mapping[str, str]) -> list[str]:
    """The therapies that a row names."""
    return (
        [cells["therapy"]] if cells.get("therapy") else [name for name in cells.get("therapies", "").split(";") if name]
    )


class Queue:
    """The rows in the order in which they are to be looked at, by filter; the last answers are kept."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._kept: dict[Filter, list[Standing]] = {}
        self._version = self._shape = -1
        self._counts: Counter[str] = Counter()
        self._curators: list[str] = []
        self._drugs: list[str] = []

    def counted(self) -> Mapping[str, int]:
        """How many rows there are of each status, ``all``, ``flagged``, and ``flagged_open``."""
        with self._book.lock:
            self._renew()
            return self._counts

    def curators(self) -> list[str]:
        """Who has decided."""
        with self._book.lock:
            self._renew()
            return self._curators

    def drugs(self) -> list[str]:
        """The therapies that rows name, the most frequent first."""
        with self._book.lock:
            self._renew()
            return self._drugs

    def rows(self, asked: Filter) -> list[Standing]:
        """The rows that a filter lets through."""
        with self._book.lock:
            self._renew()
            if asked not in self._kept:
                if len(self._kept) > _MOST_KEPT:
                    self._kept.clear()
                report = self._book.run.by_key.get(asked.document)
                among = self._book.order if report is None else self._ordered(report.doc_id)
                self._kept[asked] = [standing for standing in among if asked.takes(standing)]
            return self._kept[asked]

    def neighbours(self, asked: Filter, key: str) -> tuple[Standing | None, Standing | None, int]:
        """The row before and the row after ``key`` among those asked for, and how many stand before it.

        The row itself need not be among them: it may just have been decided on.
        """
        with self._book.lock:
            rows, places = self.rows(asked), self._book.places
            place = places.get(key)
            if place is None:
                return None, rows[0] if rows else None, 0
            before = bisect_left(rows, place, key=lambda standing: places[standing.key])
            after = bisect_right(rows, place, key=lambda standing: places[standing.key])
            return (rows[before - 1] if before else None), (rows[after] if after < len(rows) else None), before

    def _ordered(self, doc_id: str) -> list[Standing]:
        return sorted(self._book.sheets[doc_id].facts, key=lambda standing: self._book.places[standing.key])

    def _renew(self) -> None:
        book = self._book
        if self._version == book.version:
            return
        self._version = book.version
        self._kept.clear()
        order = book.order
        self._counts = Counter(standing.row.status for standing in order)
        self._counts["all"] = len(order)
        self._counts["flagged"] = sum(1 for standing in order if standing.flags)
        self._counts["flagged_open"] = sum(1 for standing in order if standing.flags and standing.row.status == "auto")
        self._curators = sorted({standing.row.curator for standing in order} - {""})
        if self._shape != book.shape:
            self._shape = book.shape
            named = Counter(name for one in order for name in drugs_of(one.cells))
            self._drugs = [name for name, _ in named.most_common(_MOST_DRUGS)]
