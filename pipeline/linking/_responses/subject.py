"""Whether a turn is told of the patient's disease, after something was done about it."""

from collections.abc import Sequence

from pipeline.datamodel import Mention, Regimen
from pipeline.datamodel.values import ResponseValue
from pipeline.linking.answers import is_against_the_disease
from pipeline.linking.clauses import clause_at
from pipeline.linking.cues import load_cues
from pipeline.linking.others import is_grown, is_of_another
from pipeline.linking.scene import Scene

_ELSEWHERE = ("no_disease", "of_a_dose", "of_others", "of_a_risk", "of_a_death_not_theirs")
_AS_FOUND = ("resolved", "improved", "SD")
_WITHOUT_EFFECT = ("NR", "SD", "PD")


def is_told_of_the_disease(scene: Scene, mention: Mention, value: ResponseValue) -> bool:
    """False for what is said of a dose, a specimen, another person, an adverse event, or found at presentation."""
    index = scene.sentence_index(mention)
    if scene.sentence(index).block == "heading" or mention.status in ("family", "conditional"):
        return False
    if _is_explained(scene, mention) or _is_of_microbes(scene, mention, index):
        return False
    before = scene.document.text[scene.sentence(index).start : mention.start]
    behind = scene.document.text[mention.end : scene.sentence(index).end]
    if _is_of_something_else(mention, value, before, behind):
        return False
    if value.category == "death" and _is_anothers(scene, before, mention.text, behind):
        return False
    if _is_as_found(scene, mention, value) or _is_of_a_finding(scene, mention, value):
        return False
    return not _is_an_outcome(scene, mention, value, before)


def _is_anothers(scene: Scene, before: str, death: str, behind: str) -> bool:
    at = len(before), len(before) + len(death)
    return is_of_another(f"{before}{death}{behind}", at, grown=is_grown(scene.document, scene.labelled("AGE")))


def is_first_finding(scene: Scene, regimens: Sequence[Regimen], mention: Mention, value: ResponseValue) -> bool:
    """``She was afebrile``, ``the mass grew``, told in the story before any therapy, is how the disease began."""
    if value.category not in ("improved", "resolved", "PD") and not mention.rule.endswith("sign_persisted"):
        return False
    story = next((s for s in scene.document.sections if s.covers(mention)), None)
    if story is None or story.kind != "case" or scene.tails_of(mention, "RESPONSE_TO"):
        return False
    if not regimens and load_cues("response")["outcome"].search(mention.text):
        return False
    told = [r for r in regimens if r.start < mention.end and (value.category != "PD" or r.start >= story.start)]
    if value.category == "PD" and _is_a_complaint(scene, mention):  # not what home medication failed in
        return not any(is_against_the_disease(r) and r.role != "prior" for r in told)
    return not told


def _is_a_complaint(scene: Scene, mention: Mention) -> bool:
    """``He presented with worsening dyspnoea``."""
    sentence = scene.sentence(scene.sentence_index(mention))
    return load_cues("response")["presented"].search(scene.document.text[sentence.start : mention.start]) is not None


def _is_explained(scene: Scene, mention: Mention) -> bool:
    """``A partial response (> 30% reduction)``: brackets behind a response say what it means."""
    ahead = [m for m in scene.within(scene.sentence_index(mention), "RESPONSE") if m.end < mention.start]
    return bool(ahead) and scene.document.text[ahead[-1].end : mention.start].strip() in ("(", "[")


def _is_of_microbes(scene: Scene, mention: Mention, index: int) -> bool:
    cues = load_cues("response")
    return bool(cues["resistant"].search(mention.text) and cues["microbe"].search(scene.words(index)))


def _is_of_something_else(mention: Mention, value: ResponseValue, before: str, behind: str) -> bool:
    cues = load_cues("response")
    if any(cues[name].search(before) for name in _ELSEWHERE) or cues["of_a_test"].search(behind):
        return True
    if value.category == "SD" and cues["of_the_body"].search(before):
        return True
    if value.category == "PD" and cues["provoked"].search(behind):
        return True
    if cues["healed"].search(mention.text) and (cues["of_a_scar"].search(behind) or cues["for_healing"].search(before)):
        return True
    return bool(cues["free"].search(mention.text) and cues["of_a_specimen"].search(before))


def _is_as_found(scene: Scene, mention: Mention, value: ResponseValue) -> bool:
    """``On examination he was alert and afebrile``: a state, and nothing tells that it came after another."""
    cues = load_cues("response")
    if value.category not in _AS_FOUND or not cues["state"].search(mention.text):
        return False
    sentence = scene.sentence(scene.sentence_index(mention))
    before = scene.document.text[sentence.start : mention.start]
    if scene.tails_of(mention, "RESPONSE_TO") or cues["of_the_disease"].search(before):
        return False
    words = scene.words(scene.sentence_index(mention))
    if cues["became"].search(words):
        return False
    return bool(cues["examined"].search(words)) or not cues["later"].search(words)


def _is_of_a_finding(scene: Scene, mention: Mention, value: ResponseValue) -> bool:
    """``Histology showed no evidence of malignancy``: what was never there did not go away."""
    cues = load_cues("response")
    if value.category != "CR" or not cues["none_seen"].search(mention.text) or cues["once"].search(mention.text):
        return False
    words = scene.words(scene.sentence_index(mention))
    return not (cues["became"].search(words) or cues["followed"].search(words))


def _is_an_outcome(scene: Scene, mention: Mention, value: ResponseValue, before: str) -> bool:
    """An adverse event that resolved is an outcome of that event, told with it."""
    index, cues = scene.sentence_index(mention), load_cues("response")
    clause = clause_at(scene.document, scene.sentence(index), mention)
    events = [m for m in scene.within(index, "TOXICITY") if m.end <= mention.start and m.text in clause]
    if not events or cues["begun"].search(before):
        return False
    return not (value.category in _WITHOUT_EFFECT and cues["although"].search(before))
