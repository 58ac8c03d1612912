"""Names of the lexicons in a text: one walk over its words, a dictionary look-up for each possible length."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.datamodel import Mention, Span
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.lexicon import WORD, Entry, Lexicons, Match, fold_word
from pipeline.toml import read_toml

RULES = Path(__file__).with_name("lexicon_rules.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one sentence.

    Attributes:
        starts, ends: offsets in the text, possessive endings left out.
        keys: folded words.
        reach: for each word, the number of words from it on that no hard punctuation parts.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    reach: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A name at the words ``first`` to ``last`` (inclusive)."""

    first: int
    last: int
    entry: Entry
    match: Match


class LexiconMatcher:
    """Looks up all names; what a name needs around it (capitals, a dose) is checked where it stands."""

    def __init__(self, lexicons: Lexicons) -> None:
        rules = read_toml(RULES)
        self._lexicons = lexicons
        # Texts repeat what stands between their words.
        self._is_soft = lru_cache(maxsize=4096)(re.compile(rules["gap"]).fullmatch)
        self._near = re.compile(rules["dose"]["after"]), re.compile(rules["dose"]["before"])
        self._window: Mapping[str, int] = rules["dose"]["window"]
        self._value = re.compile(rules["value"]["after"]), re.compile(rules["value"]["before"])
        self._level = re.compile(rules["level"]["after"])
        self._compound = re.compile(rules["compound"]["after"])
        self._blames = re.compile(rules["compound"]["blames"])
        self._shortest = int(rules["short"]["letters"])
        self._joined = re.compile(rules["short"]["joined"])
        self._inserted = re.compile(rules["inserted"]["pattern"])
        self._entries: dict[str, tuple[tuple[Entry, Match], ...]] = {}

    def words(self, text: str, start: int, end: int) -> Words:
        """The words of ``text[start:end]``, offsets in ``text``."""
        starts, ends, keys, gaps = [], [], [], []
        last = start
        for match in WORD.finditer(text, start, end):
            word = match.group()
            gaps.append(text[last : match.start()])
            last = match.end()
            starts.append(match.start())
            ends.append(match.end() - 2 if word[-2:] in ("'s", "’s") else match.end())
            keys.append(fold_word(word))
        reach = [1] * len(keys)
        for i in range(len(keys) - 2, -1, -1):
            if self._is_soft(gaps[i + 1]):
                reach[i] = reach[i + 1] + 1
        return Words(starts=tuple(starts), ends=tuple(ends), keys=tuple(keys), reach=tuple(reach))

    def find(self, text: str, sentence: Span, words: Words) -> list[Mention]:
        """Mentions in the sentence with these words, for each label the longest at each place; they may overlap."""
        found: list[Mention] = []
        heads, names, keys = self._lexicons.heads, self._lexicons.names, words.keys
        for i, key in enumerate(keys):
            longest = heads.get(key)
            if longest is None:
                continue
            labels: set[MentionLabel] = set()
            for n in range(min(longest, words.reach[i]), 0, -1):
                name = key if n == 1 else " ".join(keys[i : i + n])
                if name not in names:
                    continue
                span = words.starts[i], _closed(text, words.starts[i], words.ends[i + n - 1])
                for entry, match in self._readings(text, span, name):
                    if entry.label in labels:
                        continue
                    if _whole(text, span) and self._accepted(text, span, (entry, match), sentence, name):
                        labels.add(entry.label)
                        found.append(_mention(text, span, entry))
        found.extend(self._around_short_forms(text, sentence, words))
        return found

    def _around_short_forms(self, text: str, sentence: Span, words: Words) -> Iterator[Mention]:
        """Drugs' names that a short form of their first words stands in: ``Janus kinase (JAK) inhibitor``."""
        for match in self._inserted.finditer(text, sentence.start, sentence.end):
            last, first = bisect_left(words.starts, match.start()), bisect_left(words.starts, match.end())
            if not last or first >= len(words.keys):
                continue
            begin = last - 1
            while begin and words.reach[begin - 1] > 1:
                begin -= 1
            initial = match[1][0].lower()
            ends = range(first + words.reach[first], first, -1)
            for i, end in ((i, end) for i in range(begin, last) for end in ends):
                before = words.keys[i:last]
                entry = self._drug(" ".join((*before, *words.keys[first:end])))
                if entry and any(key.startswith(initial) for key in before):
                    span = words.starts[i], words.ends[end - 1]
                    name = text[span[0] : match.start()] + " " + text[match.end() : span[1]]
                    yield replace(_mention(text, span, entry), entry=name)
                    break

    def _drug(self, name: str) -> Entry | None:
        """The drug that a folded name stands for wherever it is found, if it stands for nothing else."""
        if name not in self._lexicons.names:
            return None
        known = self._candidates(name)
        return known[0][0] if all(e.label == "DRUG" and match == "any" for e, match in known) else None

    def _candidates(self, name: str) -> tuple[tuple[Entry, Match], ...]:
        known = self._entries.get(name)
        if known is None:
            known = self._entries[name] = tuple(self._lexicons.candidates(name))
        return known

    def _readings(self, text: str, span: tuple[int, int], name: str) -> tuple[tuple[Entry, Match], ...]:
        """What the name may stand for here: a drug's, with its level beside it, for what is measured only.

        In a compound (``pH-controlled``) a test's name stands for nothing; a drug's in ``drug-induced`` does.
        """
        known = self._candidates(name)
        compound = self._compound.match(text[span[1] : span[1] + 24])
        if compound and any(entry.label == "ANALYTE" for entry, _ in known):
            blames = self._blames.match(compound.group(0))
            return tuple(one for one in known if one[0].label == "DRUG" and one[1] != "dose") if blames else ()
        if len(known) < 2 or not any(entry.label == "DRUG" for entry, _ in known):
            return known
        measured = tuple(one for one in known if one[0].label == "ANALYTE" and one[1] == "value")
        if measured and self._level.match(text[span[1] : span[1] + 40]):
            return measured
        return tuple(one for one in known if one not in measured)

    def _accepted(
        self, text: str, span: tuple[int, int], reading: tuple[Entry, Match], sentence: Span, name: str
    ) -> bool:
        entry, match = reading
        if match == "any":
            return True
        surface = text[span[0] : span[1]]
        if match == "value":
            return self._value_beside(text, span)
        if match == "dose":
            return self._dose_near(text, span) or (_is_proper(surface) and _inside(text, span, sentence))
        if match == "exact" and not self._spelled(surface, name):
            return False
        if match == "caps" and not (_in_capitals(surface) or self._spelled(surface, name)):
            return False
        if sum(c.isalnum() for c in surface) > self._shortest or self._value_beside(text, span):
            return True
        return entry.label == "DRUG" and match == "exact" and self._is_given(text, span)

    def _is_given(self, text: str, span: tuple[int, int]) -> bool:
        """A short name of a drug with a dose or a regimen's word nearby, or joined to another drug.

        One of capital letters alone (``NO``) may be a word that is stressed.
        """
        if self._dose_near(text, span):
            return True
        joined = self._joined.search(text[max(span[0] - 40, 0) : span[0]])
        stressed = text[span[0] : span[1]].isalpha() and text[span[0] : span[1]].isupper()
        return not stressed and bool(joined and self._drug(fold_word(joined[1])))

    def _value_beside(self, text: str, span: tuple[int, int]) -> bool:
        after, before = self._value
        return bool(after.match(text[span[1] : span[1] + 40]) or before.search(text[max(span[0] - 12, 0) : span[0]]))

    def _spelled(self, surface: str, name: str) -> bool:
        known = self._lexicons.spellings.get(name, ())
        return surface in known or surface.removesuffix("s") in known

    def _dose_near(self, text: str, span: tuple[int, int]) -> bool:
        after, before = self._near
        window = self._window
        return bool(
            after.search(text[span[1] : span[1] + window["after"]])
            or before.search(text[max(span[0] - window["before"], 0) : span[0]])
        )


def _closed(text: str, start: int, end: int) -> int:
    """The end of a name with the bracket that it leaves open (``SpO(2)``)."""
    return end + 1 if text[end : end + 1] == ")" and "(" in text[start:end] and ")" not in text[start:end] else end


def _whole(text: str, span: tuple[int, int]) -> bool:
    """No letter or digit touches the name: `CK` is not found in `CK7`."""
    return not (text[span[0] - 1 : span[0]].isalnum() or text[span[1] : span[1] + 1].isalnum())


def _in_capitals(surface: str) -> bool:
    """``ITP``, ``FK506``, ``ICIs``, ``IFN-α``."""
    latin = [c for c in surface.removesuffix("s") if c.isalpha() and c.isascii()]
    return bool(latin) and all(c.isupper() for c in latin)


def _is_proper(surface: str) -> bool:
    return surface[:1].isupper() and surface[1:].islower() and len(surface) > 3


def _inside(text: str, span: tuple[int, int], sentence: Span) -> bool:
    """Not the first word, and not in a title in which most words have capitals."""
    if span[0] == sentence.start:
        return False
    others: list[str] = re.findall(r"\b[A-Za-z]{4,}", text[sentence.start : sentence.end])
    return sum(word[0].isupper() for word in others) <= max(2, len(others) // 3)


def _mention(text: str, span: tuple[int, int], entry: Entry) -> Mention:
    surface = text[span[0] : span[1]]
    return Mention(
        start=span[0],
        end=span[1],
        label=entry.label,
        text=surface,
        rule=f"lexicon:{entry.lexicon}",
        entry=surface,
        confidence=0.95,
    )
