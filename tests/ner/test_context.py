"""Each rule of context.toml does on its example what the marks say; then the traps that lie between rules."""

import re
from dataclasses import replace

import pytest

from pipeline.datamodel import Mention, Sentence
from pipeline.ner.context import Context, ContextRule, apply_context, default_context

_MARK = re.compile(r"\[\[(?P<changed>.+?)\]\]|\{\{(?P<left>.+?)\}\}")


def _marked(example: str, label: str) -> tuple[str, list[Mention], list[bool]]:
    text, mentions, changed, last = "", [], [], 0
    for mark in _MARK.finditer(example):
        text += example[last : mark.start()]
        word = mark["changed"] or mark["left"]
        mentions.append(Mention(start=len(text), end=len(text) + len(word), label=label, text=word, rule="test"))
        changed.append(mark["changed"] is not None)
        text += word
        last = mark.end()
    return text + example[last:], mentions, changed


def _read(text: str, *words: tuple[str, str]) -> dict[str, Mention]:
    mentions = []
    for word, label in words:
        start = text.index(word)
        mentions.append(Mention(start=start, end=start + len(word), label=label, text=word, rule="test"))
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph")
    return {mention.text: mention for mention in apply_context(text, [sentence], mentions)}


@pytest.mark.parametrize("rule", default_context().rules, ids=lambda rule: rule.name)
def test_rule_does_on_its_example_what_the_marks_say(rule: ContextRule) -> None:
    label = "DRUG" if rule.labels == frozenset({"DRUG", "THERAPY"}) else "CONDITION"
    text, mentions, changed = _marked(rule.example, label)
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph")
    for mention, after, expected in zip(mentions, apply_context(text, [sentence], mentions), changed, strict=True):
        was_changed = after.cue != "" and (
            (rule.assertion is None or after.assertion == rule.assertion)
            and (not rule.status or after.status == rule.status)
        )
        assert was_changed == expected, (after, text)
        if not expected:
            assert after == mention or after.cue


_PROBES = [
    ("The patient refused rituximab.", [("rituximab", "DRUG", "negated", "refused")]),
    ("Rituximab was considered but not given.", [("Rituximab", "DRUG", "negated", "not_given")]),
    (
        "Neither neutropenia nor sepsis developed.",
        [("neutropenia", "TOXICITY", "negated", ""), ("sepsis", "CONDITION", "negated", "")],
    ),
    (
        "No infusion reaction or rash.",
        [("infusion reaction", "CONDITION", "negated", ""), ("rash", "CONDITION", "negated", "")],
    ),
    (
        "The patient remained in complete remission without relapse.",
        [("complete remission", "RESPONSE", "affirmed", ""), ("relapse", "RESPONSE", "negated", "")],
    ),
    ("She did not achieve complete remission.", [("complete remission", "RESPONSE", "negated", "")]),
    ("Her mother had breast cancer.", [("breast cancer", "CONDITION", "affirmed", "family")]),
    (
        "If relapse occurs, eculizumab should be considered.",
        [("relapse", "RESPONSE", "uncertain", "conditional"), ("eculizumab", "DRUG", "uncertain", "conditional")],
    ),
    (
        "There was no response to rituximab.",
        [("no response", "RESPONSE", "affirmed", ""), ("rituximab", "DRUG", "affirmed", "")],
    ),
    (
        "He received rituximab, which was discontinued because of rash.",
        [("rituximab", "DRUG", "affirmed", "stopped"), ("rash", "CONDITION", "affirmed", "")],
    ),
    (
        "He refused docetaxel and received cisplatin.",
        [("docetaxel", "DRUG", "negated", "refused"), ("cisplatin", "DRUG", "affirmed", "")],
    ),
    ("The tumour was treated with or without pembrolizumab.", [("pembrolizumab", "DRUG", "affirmed", "")]),
    (
        "Fever resolved and no rash was noted.",
        [("Fever", "CONDITION", "affirmed", ""), ("rash", "CONDITION", "negated", "")],
    ),
    ("He denied fever but had cough.", [("fever", "CONDITION", "negated", ""), ("cough", "CONDITION", "affirmed", "")]),
    (
        "Prednisone did not prevent relapse.",
        [("Prednisone", "DRUG", "affirmed", ""), ("relapse", "RESPONSE", "affirmed", "")],
    ),
    ("Transplantation is planned.", [("Transplantation", "THERAPY", "planned", "")]),
    ("Rash\tNo\tDied", [("Rash", "CONDITION", "affirmed", ""), ("Died", "RESPONSE", "affirmed", "")]),
    ("He has a history of gout.", [("gout", "CONDITION", "affirmed", "historical")]),
]


@pytest.mark.parametrize(("text", "expected"), _PROBES, ids=[text for text, _ in _PROBES])
def test_status_and_assertion_probe(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    read = _read(text, *((word, label) for word, label, _, _ in expected))
    assert [(m.text, m.label, m.assertion, m.status) for m in read.values()] == expected


def test_cue_is_a_slice_of_the_text() -> None:
    text = "A\u0301 \U0001d518: She DID not develop rash."
    (mention,) = _read(text, ("rash", "CONDITION")).values()
    assert (mention.assertion, mention.cue) == ("negated", "DID not develop")


def test_scope_ends_with_the_sentence() -> None:
    text = "No fever. Rash developed."
    start = text.index("Rash")
    rash = Mention(start=start, end=start + 4, label="CONDITION", text="Rash", rule="test")
    sentences = [
        Sentence(start=0, end=9, section="case", block="paragraph"),
        Sentence(start=10, end=len(text), section="case", block="paragraph"),
    ]
    assert apply_context(text, sentences, [rash]) == [rash]


def test_order_of_mentions_is_kept_and_what_no_rule_touches_stays_equal() -> None:
    text = "Without fever, 5 mg was given."
    dose = Mention(start=15, end=19, label="DOSE", text="5 mg", rule="test", assertion="planned")
    fever = Mention(start=8, end=13, label="CONDITION", text="fever", rule="test")
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph")
    after = apply_context(text, [sentence], [dose, fever])
    assert after == [dose, replace(fever, assertion="negated", cue="Without")]


def test_unknown_scope_is_named(tmp_path) -> None:
    path = tmp_path / "context.toml"
    path.write_text(
        '[labels]\nall = ["DRUG"]\n[scopes]\nnoun = {forward = [], backward = []}\n[stops]\n'
        '[[rule]]\nname = "x"\ntriggers = ["no"]\ndirection = "forward"\nscope = "wide"\nlabels = "all"\nexample = ""\n'
    )
    with pytest.raises(ValueError, match="unknown scope wide; known: noun"):
        Context(path)
