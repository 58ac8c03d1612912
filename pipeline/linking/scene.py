"""A document with everything known of it so far, indexed the way the fact builders ask."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.datamodel import Cell, Document, Mention, Relation, Sentence, Span, Table
from pipeline.datamodel.vocabulary import MentionLabel, RelationLabel
from pipeline.linking.attribution import Attributed, Attributions, attribute
from pipeline.linking.umbrellas import apposed

_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Mentions, relations and attributions by sentence; sentences are named by their index in the document.

    ``made_plain`` are general names of therapies that the name beside them makes plain (``a beta-blocker (atenolol)``).
    """

    document: Document
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    attributed: Attributions
    made_plain: frozenset[Mention]
    _starts: tuple[int, ...] = field(repr=False)
    _mention_starts: tuple[int, ...] = field(repr=False)
    _by_sentence: dict[int, tuple[Mention, ...]] = field(repr=False)
    _heads: dict[tuple[Span, RelationLabel], tuple[Relation, ...]] = field(repr=False)
    _tails: dict[tuple[Span, RelationLabel], tuple[Relation, ...]] = field(repr=False)

    @classmethod
    def of(cls, document: Document, mentions: Sequence[Mention], relations: Sequence[Relation]) -> "Scene":
        """Index a segmented document with its normalized mentions and their relations."""
        starts = tuple(sentence.start for sentence in document.sentences)
        by_sentence: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_sentence[bisect_right(starts, mention.start) - 1].append(mention)
        return cls(
            document=document,
            mentions=tuple(mentions),
            relations=tuple(relations),
            attributed=attribute(document, mentions),
            made_plain=frozenset(_made_plain(document.text, by_sentence)),
            _starts=starts,
            _mention_starts=tuple(m.start for m in mentions),
            _by_sentence={index: tuple(found) for index, found in by_sentence.items()},
            _heads=_grouped((place(r.tail), r.label, r) for r in relations),
            _tails=_grouped((place(r.head), r.label, r) for r in relations),
        )

    def sentence_index(self, span: Span) -> int:
        """Index of the sentence in which the span starts."""
        return max(bisect_right(self._starts, span.start) - 1, 0)

    def sentence(self, index: int) -> Sentence:
        """The sentence of that index."""
        return self.document.sentences[index]

    def words(self, index: int) -> str:
        """Text of a sentence."""
        return self.document.slice(self.document.sentences[index])

    def within(self, index: int, *labels: MentionLabel) -> tuple[Mention, ...]:
        """Mentions of a sentence, of the labels named (of all where none is), in text order."""
        found = self._by_sentence.get(index, ())
        return tuple(m for m in found if m.label in labels) if labels else found

    def inside(self, span: Span, *labels: MentionLabel) -> tuple[Mention, ...]:
        """Mentions of the labels named that lie wholly in ``span``, in text order."""
        first = bisect_left(self._mention_starts, span.start)
        last = bisect_left(self._mention_starts, span.end)
        return tuple(m for m in self.mentions[first:last] if m.end <= span.end and m.label in labels)

    def labelled(self, *labels: MentionLabel) -> tuple[Mention, ...]:
        """All mentions of the labels named, in text order."""
        return tuple(m for m in self.mentions if m.label in labels)

    def heads_of(self, tail: Mention, label: RelationLabel) -> tuple[Mention, ...]:
        """What is tied to ``tail``: its doses by ``DOSE_OF``, its values by ``VALUE_OF`` …, in text order."""
        return tuple(r.head for r in self._heads.get((place(tail), label), ()))

    def tails_of(self, head: Mention, label: RelationLabel) -> tuple[Mention, ...]:
        """What ``head`` is tied to: the drug of a dose, the events that a drug causes …, in text order."""
        return tuple(r.tail for r in self._tails.get((place(head), label), ()))

    def attribution_of(self, span: Span) -> Attributed:
        """Whose fact the clause or cell at ``span`` tells, and the cue that decided it."""
        return self.attributed.of(span)

    def cell_at(self, span: Span) -> tuple[Table, Cell] | None:
        """The table cell that holds ``span``, with its table; None outside of tables."""
        for table in self.document.tables:
            if table.overlaps(span):
                return next(((table, cell) for cell in table.cells if cell.covers(span)), None)
        return None

    def cases_of(self, span: Span) -> tuple[int, ...]:
        """Numbers of the patients whose fact ``span`` tells; the only patient where a patient's cell names none.

        A fact that could be any of three or more patients' is nobody's: to copy it to each of them would be a guess.
        """
        attributed = self.attribution_of(span)
        if attributed.kind != "patient" or (not attributed.sure and len(attributed.cases) > _FEW):
            return ()
        numbers = tuple(patient.number for patient in self.document.patients)
        return attributed.cases or (numbers if len(numbers) == 1 else ())


def gap(a: Span, b: Span) -> int:
    """Characters between two places; negative where they overlap."""
    return max(a.start, b.start) - min(a.end, b.end)


def place(span: Span) -> Span:
    """The bare place of a mention, for use as a key."""
    return Span(start=span.start, end=span.end)


def _made_plain(text: str, by_sentence: dict[int, list[Mention]]) -> Iterator[Mention]:
    for found in by_sentence.values():
        yield from apposed(text, [m for m in found if m.label in ("DRUG", "THERAPY")])


def _grouped(
    found: Iterable[tuple[Span, RelationLabel, Relation]],
) -> dict[tuple[Span, RelationLabel], tuple[Relation, ...]]:
    groups: dict[tuple[Span, RelationLabel], list[Relation]] = defaultdict(list)
    for span, label, relation in found:
        groups[span, label].append(relation)
    return {key: tuple(sorted(group, key=lambda r: (r.head.start, r.tail.start))) for key, group in groups.items()}
