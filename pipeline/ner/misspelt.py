"""Misspelt names of drugs and conditions: typing errors and what OCR misreads. The text is never changed."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.lexicon import Likely, Likeness, fold_word
from pipeline.toml import read_toml

RULES = Path(__file__).with_name("misspelt.toml")
_TOKEN = re.compile(r"[^\W_]{7,}")


class Misspellings:
    """Tries words that neither English nor medicine knows; answers are remembered, as texts repeat their words.

    Args:
        likeness: gives the index when it is first needed.
        usual: preferred names of the drugs that are in common use.
    """

    def __init__(self, likeness: Callable[[], Likeness], usual: Collection[str]) -> None:
        rules = read_toml(RULES)
        self._usual = frozenset(map(fold_word, usual))
        self._build = likeness
        self._index: Likeness | None = None
        self._rules = _Rules.of(rules)
        self._answers: dict[str, Likely | None] = {}

    def taken_for(self, word: str) -> Likely | None:
        """What a word is taken for; None where it is known, like nothing, or like two things alike."""
        if word not in self._answers:
            self._answers[word] = self._answer(word)
        return self._answers[word]

    def find(self, text: str, start: int, end: int, found: Sequence[Mention]) -> list[Mention]:
        """Mentions for the misspelt names in ``text[start:end]`` that ``found`` does not cover."""
        mentions = []
        for match in _TOKEN.finditer(text, start, end):
            likely = self.taken_for(match.group())
            if likely and not any(m.start < match.end() and match.start() < m.end for m in found):
                mentions.append(self._mention(match, likely))
        return mentions

    def _mention(self, match: re.Match[str], likely: Likely) -> Mention:
        return Mention(
            start=match.start(),
            end=match.end(),
            label=likely.entry.label,
            text=match.group(),
            rule=f"misspelt:{likely.entry.lexicon}",
            entry=likely.name,
            confidence=self._rules.confidence[likely.entry.label],
        )

    def _answer(self, word: str) -> Likely | None:
        letters = sum(map(str.isalpha, word))
        if not word.isascii() or letters < len(word) - 2 or not (word[1:].islower() or word.isupper()):
            return None
        if self._index is None:
            self._index = self._build()
        key = fold_word(word)
        if len(key) < self._rules.shortest or self._index.is_known(key) or key in self._rules.refused:
            return None
        like = self._index.near(key, least=min(self._rules.least.values())) if key.isalpha() else []
        near = [likely for likely in like if self._is_one_change(key, likely)]
        printed = [likely for likely in map(self._index.named, self._rules.misreadings(key)) if likely]
        kept = {likely.name: likely for likely in (*near, *printed) if _is_preferred(likely)}
        meanings = {(likely.entry.label, likely.entry.name) for likely in kept.values()}
        return next(iter(kept.values())) if len(meanings) == 1 else None

    def _is_one_change(self, key: str, likely: Likely) -> bool:
        label = likely.entry.label
        least = self._rules.least["seldom" if label == "DRUG" and likely.name not in self._usual else label]
        return likely.score >= least and self._rules.one_change(key, likely)


def _is_preferred(likely: Likely) -> bool:
    """Brands and code names of drugs are too many and too short-lived to be guessed."""
    return likely.entry.label != "DRUG" or fold_word(likely.entry.name) == likely.name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What ``misspelt.toml`` says."""

    shortest: int
    refused: frozenset[str]
    least: dict[str, float]
    confidence: dict[str, float]
    last: int
    first: int
    alike: frozenset[frozenset[str]]
    endings: tuple[str, ...]
    after: re.Pattern[str]
    misread: dict[str, list[str]]

    @classmethod
    def of(cls, rules: dict[str, Any]) -> "_Rules":
        change = rules["change"]
        return cls(
            shortest=rules["shortest"],
            refused=frozenset(map(fold_word, rules["not"])),
            least=rules["likeness"],
            confidence=rules["confidence"],
            last=change["last"],
            first=change["first"],
            alike=frozenset(map(frozenset, change["alike"])),
            endings=tuple(change["endings"]),
            after=re.compile(change["after"]),
            misread=rules["misread"],
        )

    def misreadings(self, key: str) -> Iterator[str]:
        """What may be printed where ``key`` was read, one misreading undone (all digits at once)."""
        digits = [seen for seen in self.misread if seen.isdigit() and seen in key]
        if digits:
            for choice in range(2):
                read = key
                for seen in digits:
                    meant = self.misread[seen]
                    read = read.replace(seen, meant[choice % len(meant)])
                yield read
            return
        for seen, meant in self.misread.items():
            at = key.find(seen)
            while at >= 0:
                yield from (key[:at] + other + key[at + len(seen) :] for other in meant)
                at = key.find(seen, at + 1)

    def one_change(self, key: str, likely: Likely) -> bool:
        """Whether one permitted change makes the word the name; for a drug also letters that changed places."""
        name = likely.name
        if key[0] != name[0] or abs(len(key) - len(name)) > max(map(len, self.endings)):
            return False
        is_drug = likely.entry.label == "DRUG"
        if is_drug and self._other_ending(*sorted((key, name), key=len)):
            return True
        if key[-self.last :] != name[-self.last :]:
            return False
        same = _shared(key, name)
        rest, other = key[same : len(key) - _shared(key[same:][::-1], name[same:][::-1])], name[same:]
        other = other[: len(other) - (len(key) - same - len(rest))]
        if len(rest) == len(other) == 1:
            return same >= self.first or frozenset((rest, other)) in self.alike
        if len(rest) + len(other) == 1 or (len(rest) == 2 and rest == other[::-1]):
            return True
        return is_drug and same > 1 and sorted(rest) == sorted(other) and len(rest) <= len(key) // 2

    def _other_ending(self, shorter: str, longer: str) -> bool:
        known = longer[: len(shorter)] == shorter and longer[len(shorter) :] in self.endings
        return known and bool(self.after.search(shorter))


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
