"""Remedies: a therapy that stands by an event because it was given for it, and did not bring it about."""

from pipeline.datamodel import Mention
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_BEFORE = 60  # characters before a therapy in which its giving is told
_LED_IN = 25  # characters before the words of giving that tell when it was


def is_answered_with(scene: Scene, event: Mention, therapy: Mention) -> bool:
    """``Sepsis, requiring antibiotics``; ``urticaria, which was treated with dexamethasone``: told behind the event."""
    cues = load_cues("blame")
    between = scene.document.text[event.end : therapy.start]
    given = cues["answered_with"].search(between)
    if given is None or cues["given_before"].search(between[max(given.start() - _LED_IN, 0) : given.start()]):
        return False
    return not cues["taken_or_blamed"].search(between[given.end() :])


def is_given_for(scene: Scene, therapy: Mention, condition: Mention) -> bool:
    """``She was given bicarbonate because of the severity of her acidosis``: told before the condition."""
    cues, text = load_cues("blame"), scene.document.text
    before = text[max(therapy.start - _BEFORE, 0) : therapy.start]
    between = text[therapy.end : condition.start]
    given = cues["then_given"].search(between)
    if given is not None:
        between = between[given.end() :]
    return bool((given or cues["giving"].search(before)) and cues["for_it"].search(between))


def is_background(scene: Scene, event: Mention, therapy: Mention) -> bool:
    """``A woman with multiple sclerosis who developed, after natalizumab, …``: what she had when another came up."""
    cues, text = load_cues("blame"), scene.document.text
    before = text[scene.sentence(scene.sentence_index(event)).start : event.start]
    return bool(cues["had_before"].search(before) and cues["who_then"].search(text[event.end : therapy.start]))
