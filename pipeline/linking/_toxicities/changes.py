"""Changes: a laboratory value that is told to have fallen or risen is an event (``a severe decrease in platelets``).

Which term of CTCAE a change of which analyte is, the lexicon of laboratory thresholds says.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AnalyteName, ConditionName
from pipeline.lexicon import Lexicons, fold
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_REACH = 60  # characters from the word of change over a list of analytes to the last of them
_WORDS = (
    ("fall", "low", "before"),
    ("rise", "high", "before"),
    ("fallen", "low", "behind"),
    ("risen", "high", "behind"),
)
_VERSION = "5"


def terms_of(lexicons: Lexicons, analyte: str, direction: str) -> str:
    """The CTCAE term that a low or high value of an analyte is; empty where there is none or more than one."""
    terms = {t.term for t in lexicons.lab_grades.get((_VERSION, analyte), ()) if t.direction == direction}
    return terms.pop() if len(terms) == 1 else ""


def changes(scene: Scene, lexicons: Lexicons) -> dict[int, list[Mention]]:
    """Conditions made of an analyte and the word of change beside it, by sentence; their spans hold both."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for analyte in scene.labelled("ANALYTE"):
        found[scene.sentence_index(analyte)].extend(_changed(scene, analyte, lexicons))
    return dict(found)


def _changed(scene: Scene, analyte: Mention, lexicons: Lexicons) -> Iterator[Mention]:
    if not isinstance(analyte.value, AnalyteName):
        return
    sentence = scene.sentence(scene.sentence_index(analyte))
    text = scene.document.text
    before = text[max(sentence.start, analyte.start - _REACH) : analyte.start]
    behind = text[analyte.end : min(sentence.end, analyte.end + _REACH)]
    for name, direction, side in _WORDS:
        cue = load_cues("changes")[name]
        match = _last(cue.regex, before) if side == "before" else cue.regex.match(behind)
        term = terms_of(lexicons, analyte.value.name, direction) if match else ""
        if match and term:
            start = analyte.start - len(before) + match.start() if side == "before" else analyte.start
            end = analyte.end if side == "before" else analyte.end + match.end()
            yield _condition(scene, (start, end), term, lexicons)
            return


def _last(regex: "re.Pattern[str]", words: str) -> "re.Match[str] | None":
    """The last match that reaches up to the end of ``words``."""
    matches = [m for m in regex.finditer(words) if m.end() == len(words)]
    return matches[-1] if matches else None


def _condition(scene: Scene, span: tuple[int, int], term: str, lexicons: Lexicons) -> Mention:
    known = lexicons.ctcae.get(fold(term))
    return Mention(
        start=span[0],
        end=span[1],
        label="CONDITION",
        text=scene.document.text[span[0] : span[1]],
        rule="link:analyte_change",
        value=ConditionName(name=term, ctcae_term=term, soc=known[1] if known else ""),
    )
