"""All mentions of a document, from all readers, with what their sentences say of them."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.datamodel import Document, Mention, Sentence
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.lexicon import Lexicons, fold, load_likeness
from pipeline.ner.abbreviations import Abbreviations, Definition, occurrences
from pipeline.ner.agreement import added, agree, styles_for
from pipeline.ner.context import apply_context
from pipeline.ner.lexicon_matcher import LexiconMatcher
from pipeline.ner.misspelt import Misspellings
from pipeline.ner.name_rules import NameRules
from pipeline.ner.overlaps import resolve
from pipeline.ner.patterns import ENTITIES, PatternMatcher
from pipeline.ner.sharedheads import shared_heads
from pipeline.ner.text_kind import kind_of
from pipeline.settings import NerSettings

if TYPE_CHECKING:
    from pipeline.ner.model_reader import ModelReader


class Recognizer:
    """Built once a worker; holds no state of any document."""

    def __init__(self, settings: NerSettings, lexicons: Lexicons) -> None:
        self._lexicons = lexicons
        self._lexicon = LexiconMatcher(lexicons)
        self._rules = NameRules()
        self._misspellings = Misspellings(load_likeness, lexicons.dose_ranges)
        self._abbreviations = Abbreviations() if settings.abbreviations else None
        self._patterns = PatternMatcher(ENTITIES)
        self._settings = settings
        self._named = self._reader() if settings.model else None

    def prepare(self) -> None:
        """Load what only some texts need, spaCy above all."""
        if self._abbreviations:
            self._abbreviations.prepare()

    def recognize(self, document: Document, *, phrases: bool = False) -> tuple[Mention, ...]:
        """Mentions in the document's sentences, sorted by place; offsets are those of ``document.text``.

        Args:
            document: with its sentences.
            phrases: for one who reads mentions, not rows: heed casebook's own trained reader too, which marks words
                that no lexicon knows, and whole phrases as annotators do. A row needs a name with a meaning.
        """
        text = document.text
        sentences = [sentence for sentence in document.sentences if sentence.block != "reference"]
        found: list[Mention] = []
        for sentence in sentences:
            words = self._lexicon.words(text, sentence.start, sentence.end)
            named = self._lexicon.find(text, sentence, words)
            named += self._misspellings.find(text, sentence.start, sentence.end, named)
            found += named + self._rules.find(text, words, named)
        if self._abbreviations:
            found = self._with_abbreviations(text, sentences, found)
        found = resolve(found)
        found += shared_heads(text, found, self._lexicons)
        found = resolve([*found, *self._patterns.find(text, sentences, found)])
        model = self._named or (self._shipped if phrases else None)
        if model and not model.is_own:
            found = added(found, model.find(text, sentences, found))
        elif model and phrases:
            kind = kind_of(text, len(sentences), found)
            found = agree(text, found, model.find(text, sentences, found, styles_for(kind)), kind)
        return tuple(sorted(apply_context(text, sentences, found), key=lambda m: (m.start, m.end, m.label)))

    @cached_property
    def _shipped(self) -> "ModelReader | None":
        """Casebook's own trained reader; loaded when it is first asked for, since rows do without it."""
        return self._reader()

    def _reader(self) -> "ModelReader | None":
        # It brings spaCy, which takes longer to load than all the rest.
        from pipeline.ner.model_reader import load_reader

        return load_reader(self._settings)

    def _with_abbreviations(self, text: str, sentences: Sequence[Sentence], found: list[Mention]) -> list[Mention]:
        """Mentions of short forms; what the lexicons say of a short form gives way to the document's own definition."""
        assert self._abbreviations
        definitions = self._abbreviations.definitions(text, sentences)
        if not definitions:
            return found
        meanings = {d.short: self._meaning(d, found) for d in definitions}
        places = occurrences(text, sentences, definitions)
        taken = {(start, end) for start, end, _ in places}
        kept = [m for m in found if (m.start, m.end) not in taken]
        for start, end, definition in places:
            surface = text[start:end]
            for label, entry in meanings[definition.short]:
                kept.append(
                    Mention(
                        start=start,
                        end=end,
                        label=label,
                        text=surface,
                        rule="abbreviation",
                        entry=entry,
                        confidence=0.9,
                    )
                )
        return kept

    def _meaning(self, definition: Definition, found: Sequence[Mention]) -> list[tuple[MentionLabel, str]]:
        """Label and lexicon key of what the long form names; empty where it names nothing that is looked for."""
        entries = [
            entry for entry, match in self._lexicons.candidates(fold(definition.long)) if match in ("any", "caps")
        ]
        here = [m for m in found if m.end == definition.end]
        if entries:
            labels = dict.fromkeys(entry.label for entry in entries)
            # In `serum thyroglobulin (Tg)` the name of a drug is that of a test.
            wider = [m for m in here if m.start < definition.start]
            named = min(wider, key=lambda m: m.start).label if wider else None
            return [(label, definition.long) for label in sorted(labels, key=lambda label: label != named)][:1]
        ending = [m for m in here if m.start >= definition.start]
        longest = sorted(ending, key=lambda m: (m.start - m.end, m.label))[:1]
        return [(m.label, self._key(definition, m)) for m in longest if self._names_it(definition, m)]

    def _key(self, definition: Definition, mention: Mention) -> str:
        """A condition is what its whole long form says: `pulmonary sarcomatoid carcinoma` is not any carcinoma."""
        return definition.long if mention.label == "CONDITION" else mention.entry or mention.text

    def _names_it(self, definition: Definition, mention: Mention) -> bool:
        assert self._abbreviations
        before = definition.long[: mention.start - definition.start]
        return mention.label != "DRUG" or self._abbreviations.may_precede_drug(before)
