"""Invented sentences with their mentions in [[words|LABEL]], and the relations that a reader sees in them."""

import re

import pytest

from pipeline.datamodel import Document, Mention, Relation, Sentence, Source
from pipeline.datamodel.values import Quantity
from pipeline.datamodel.vocabulary import RelationLabel
from pipeline.linking.relations import CALIBRATION, WEIGHTS, relate, scored, traits
from pipeline.logistic import shipped

_MARK = re.compile(r"\[\[(.+?)\|(\w+)\]\]")


def _read(*marked: str) -> tuple[tuple[Mention, ...], set[tuple[str, str, str]]]:
    text, mentions, sentences = "", [], []
    for sentence in marked:
        begin = len(text) + (1 if text else 0)
        text += " " if text else ""
        last = 0
        for mark in _MARK.finditer(sentence):
            text += sentence[last : mark.start()]
            mentions.append(
                Mention(start=len(text), end=len(text) + len(mark[1]), label=mark[2], text=mark[1], rule="test")
            )
            text += mark[1]
            last = mark.end()
        text += sentence[last:]
        sentences.append(Sentence(start=begin, end=len(text), section="case", block="paragraph"))
    document = Document(source=Source(doc_id="d", path="d.txt"), text=text, sentences=tuple(sentences))
    after, relations = relate(document, mentions)
    return after, {(r.head.text, r.label, r.tail.text) for r in relations}


_SENTENCES = [
    (
        [
            "[[Prednisone|DRUG]] [[60 mg|DOSE]] [[daily|FREQUENCY]], [[intravenous|ROUTE]] [[methotrexate|DRUG]] "
            "[[1 g|DOSE]] and [[rituximab|DRUG]] had failed."
        ],
        {
            ("60 mg", "DOSE_OF", "Prednisone"),
            ("daily", "FREQUENCY_OF", "Prednisone"),
            ("intravenous", "ROUTE_OF", "methotrexate"),
            ("1 g", "DOSE_OF", "methotrexate"),
        },
    ),
    (
        [
            "She had failed [[splenectomy|THERAPY]], [[azathioprine|DRUG]] [[2 g|DOSE]] [[twice daily|FREQUENCY]] or "
            "[[dapsone|DRUG]] [[75 mg|DOSE]]."
        ],
        {
            ("2 g", "DOSE_OF", "azathioprine"),
            ("twice daily", "FREQUENCY_OF", "azathioprine"),
            ("75 mg", "DOSE_OF", "dapsone"),
        },
    ),
    (
        ["[[Prednisone|DRUG]] was commenced at [[1 mg/kg|DOSE]] along with [[folic acid|DRUG]]."],
        {("1 mg/kg", "DOSE_OF", "Prednisone")},
    ),
    (
        ["She took [[15 mg|DOSE]] of [[methotrexate|DRUG]] [[10 mg|DOSE]] of [[prednisolone|DRUG]]."],
        {("15 mg", "DOSE_OF", "methotrexate"), ("10 mg", "DOSE_OF", "prednisolone")},
    ),
    (
        ["He took [[methotrexate|DRUG]] [[15 mg|DOSE]] [[weekly|FREQUENCY]] and [[folic acid|DRUG]] [[5 mg|DOSE]]."],
        {
            ("15 mg", "DOSE_OF", "methotrexate"),
            ("weekly", "FREQUENCY_OF", "methotrexate"),
            ("5 mg", "DOSE_OF", "folic acid"),
        },
    ),
    (
        ["She received [[30 mg|DOSE]] of [[subcutaneous|ROUTE]] [[alemtuzumab|DRUG]]."],
        {("30 mg", "DOSE_OF", "alemtuzumab"), ("subcutaneous", "ROUTE_OF", "alemtuzumab")},
    ),
    (
        ["He was given [[corticosteroids|DRUG]] ([[prednisone|DRUG]]) [[40 mg|DOSE]] [[daily|FREQUENCY]]."],
        {("40 mg", "DOSE_OF", "prednisone"), ("daily", "FREQUENCY_OF", "prednisone")},
    ),
    (
        ["Tests showed [[haemoglobin|ANALYTE]] [[9.1 g/dL|VALUE]] and [[platelets|ANALYTE]] [[18 × 10⁹/L|VALUE]]."],
        {("9.1 g/dL", "VALUE_OF", "haemoglobin"), ("18 × 10⁹/L", "VALUE_OF", "platelets")},
    ),
    (
        ["[[Platelets|ANALYTE]] and [[leucocytes|ANALYTE]] were [[18|VALUE]] and [[3.2|VALUE]], respectively."],
        {("18", "VALUE_OF", "Platelets"), ("3.2", "VALUE_OF", "leucocytes")},
    ),
    (
        [
            "[[IgG|ANALYTE]], [[IgM|ANALYTE]] and [[IgA|ANALYTE]] were [[4.6 g/L|VALUE]] (normal, [[8–16 g/L|VALUE]]), "
            "[[0.06 g/L|VALUE]] (normal, [[0.5–2 g/L|VALUE]]) and [[0.5 g/L|VALUE]], respectively."
        ],
        {("4.6 g/L", "VALUE_OF", "IgG"), ("0.06 g/L", "VALUE_OF", "IgM"), ("0.5 g/L", "VALUE_OF", "IgA")},
    ),
    (
        ["His [[parathyroid hormone|ANALYTE]] ([[2.9 pmol/L|VALUE]]; [[normal|VALUE]], 1.1–7.3) was measured."],
        {("2.9 pmol/L", "VALUE_OF", "parathyroid hormone")},
    ),
    (
        [
            "Levels of [[CA 125|ANALYTE]] and [[CEA|ANALYTE]] were elevated ([[6.5 U/mL|VALUE]] and "
            "[[7.6 ng/mL|VALUE]], respectively)."
        ],
        {("6.5 U/mL", "VALUE_OF", "CA 125"), ("7.6 ng/mL", "VALUE_OF", "CEA")},
    ),
    (
        [
            "The [[glucose|ANALYTE]], lactate and [[chlorine|ANALYTE]] and [[sodium|ANALYTE]] levels were [[3|VALUE]], "
            "[[1|VALUE]], [[4|VALUE]] and [[5|VALUE]], respectively."
        ],
        set(),
    ),
    (
        ["The smear showed [[57%|VALUE]] [[lymphocytes|ANALYTE]] and [[27%|VALUE]] [[bands|ANALYTE]]."],
        {("57%", "VALUE_OF", "lymphocytes"), ("27%", "VALUE_OF", "bands")},
    ),
    (["[[Hepatitis|CONDITION]] induced by [[isoniazid|DRUG]]."], {("isoniazid", "CAUSES", "Hepatitis")}),
    (["[[Cimetidine|DRUG]]-induced [[fever|CONDITION]]."], {("Cimetidine", "CAUSES", "fever")}),
    (
        ["He developed [[rash|CONDITION]] and [[fever|CONDITION]] after treatment with [[lamotrigine|DRUG]]."],
        {("lamotrigine", "CAUSES", "rash"), ("lamotrigine", "CAUSES", "fever")},
    ),
    (
        ["A woman receiving [[valproate|DRUG]] for [[epilepsy|CONDITION]] was seen."],
        {("valproate", "TREATS", "epilepsy")},
    ),
    (
        ["The disease was [[refractory to|RESPONSE]] [[bexarotene|DRUG]]."],
        {("refractory to", "RESPONSE_TO", "bexarotene")},
    ),
    (
        ["[[Alemtuzumab|DRUG]] was started.", "It was given at [[10 mg|DOSE]] [[three times a week|FREQUENCY]]."],
        {("10 mg", "DOSE_OF", "Alemtuzumab"), ("three times a week", "FREQUENCY_OF", "Alemtuzumab")},
    ),
]


def _one_sentence(text: str) -> Document:
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph")
    return Document(source=Source(doc_id="d", path="d.txt"), text=text, sentences=(sentence,))


@pytest.mark.parametrize(("marked", "expected"), _SENTENCES, ids=[" ".join(marked) for marked, _ in _SENTENCES])
def test_relations_of_a_sentence(marked: list[str], expected: set[tuple[str, str, str]]) -> None:
    assert _read(*marked)[1] == expected


def test_caused_condition_becomes_a_toxicity_in_mentions_and_relations() -> None:
    mentions, _ = _read("[[Hepatitis|CONDITION]] induced by [[isoniazid|DRUG]].")
    assert [(m.text, m.label) for m in mentions] == [("Hepatitis", "TOXICITY"), ("isoniazid", "DRUG")]


def test_values_in_one_unit_go_on_about_one_test() -> None:
    text = "Haemoglobin fell to 6.5 g/dL and then stabilized at 10 g/dL."
    analyte = Mention(start=0, end=11, label="ANALYTE", text="Haemoglobin", rule="t")
    values = [
        Mention(start=start, end=end, label="VALUE", text=text[start:end], rule="t", value=value)
        for start, end, value in (
            (20, 28, Quantity(low=6.5, high=6.5, unit="g/dL")),
            (52, 59, Quantity(low=10, high=10, unit="g/dL")),
        )
    ]
    document = _one_sentence(text)
    relations = relate(document, [analyte, *values])[1]
    assert [(r.head.text, r.tail.text) for r in relations] == [("6.5 g/dL", "Haemoglobin"), ("10 g/dL", "Haemoglobin")]


def test_a_therapy_that_names_the_kind_of_disease_is_passed_over() -> None:
    marked = "[[Successful treatment|RESPONSE]] of [[steroid|DRUG]]-refractory purpura with [[alemtuzumab|DRUG]]."
    assert _read(marked)[1] == {("Successful treatment", "RESPONSE_TO", "alemtuzumab")}


def test_nothing_answers_to_a_refused_therapy() -> None:
    text = "He refused rituximab; the disease progressed."
    drug = Mention(start=11, end=20, label="DRUG", text="rituximab", rule="t", assertion="negated", status="refused")
    answer = Mention(start=34, end=44, label="RESPONSE", text="progressed", rule="t")
    document = _one_sentence(text)
    assert relate(document, [drug, answer])[1] == ()


def test_confidences_are_probabilities_and_the_result_does_not_depend_on_the_order_of_mentions() -> None:
    text = "Hepatitis induced by isoniazid."
    one = Mention(start=0, end=9, label="CONDITION", text="Hepatitis", rule="t")
    two = Mention(start=21, end=30, label="DRUG", text="isoniazid", rule="t")
    document = _one_sentence(text)
    assert relate(document, [one, two]) == relate(document, [two, one])
    assert all(0 <= relation.confidence <= 1 for relation in relate(document, [one, two])[1])


@pytest.mark.parametrize("label", ["CAUSES", "TREATS", "DOSE_OF", "ROUTE_OF", "VALUE_OF"])
def test_calibration_keeps_the_order_of_confidences(label: RelationLabel) -> None:
    drug = Mention(start=0, end=4, label="DRUG", text="word", rule="t")
    other = Mention(start=5, end=9, label="CONDITION", text="word", rule="t")
    ties = [
        Relation(head=drug, tail=other, label=label, rule="link:scored", confidence=odds)
        for odds in (0.0, 0.3, 0.6, 0.9, 1.0)
    ]
    told = [shipped(CALIBRATION).of_values(label, traits(tie)) for tie in ties]
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1


@pytest.mark.parametrize("label", ["DOSE_OF", "VALUE_OF"])
def test_tie_of_surer_mentions_is_surer(label: RelationLabel) -> None:
    def told(head: float, tail: float) -> float:
        one = Mention(start=0, end=4, label="VALUE", text="word", rule="t", confidence=head)
        two = Mention(start=5, end=9, label="ANALYTE", text="word", rule="t", confidence=tail)
        tie = Relation(head=one, tail=two, label=label, rule="link:scored", confidence=0.8)
        return shipped(CALIBRATION).of_values(label, traits(tie))

    assert told(0.4, 0.4) < told(0.9, 0.4) < told(0.9, 0.9)
    assert told(0.4, 0.4) < told(0.4, 0.9) < told(0.9, 0.9)


def test_kinds_of_relations_that_were_not_judged_keep_their_confidence() -> None:
    text = "Bexarotene was given and he progressed."
    drug = Mention(start=0, end=10, label="DRUG", text="Bexarotene", rule="t")
    answer = Mention(start=28, end=38, label="RESPONSE", text="progressed", rule="t")
    document = _one_sentence(text)
    (plain,) = scored(document, [drug, answer], shipped(WEIGHTS))[1]
    (told,) = relate(document, [drug, answer])[1]
    assert plain == told
    assert "RESPONSE_TO" not in shipped(CALIBRATION)


def test_a_long_list_costs_no_more_than_its_length() -> None:
    words = ", ".join(f"[[drug{i}|DRUG]] [[{i} mg|DOSE]]" for i in range(1, 300))
    _, relations = _read(f"He took {words}.")
    assert ("150 mg", "DOSE_OF", "drug150") in relations


def test_a_time_that_passes_is_no_length_of_what_is_given_later_in_the_sentence() -> None:
    _, relations = _read("Over the next [[48 hours|DURATION]] he worsened in spite of [[dapsone|DRUG]].")
    assert not relations
    _, relations = _read("For the [[48 hours|DURATION]] of admission [[dapsone|DRUG]] was given.")
    assert relations


def test_a_response_that_begins_in_the_condition_relieves_nothing():
    text = "We studied whether scans foretell the tumour response to famitinib."
    marks = (("tumour", "CONDITION"), ("tumour response", "RESPONSE"), ("famitinib", "DRUG"))
    mentions = [
        Mention(start=text.index(words), end=text.index(words) + len(words), label=label, text=words, rule="test")
        for words, label in marks
    ]
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph")
    document = Document(source=Source(doc_id="d", path="d.txt"), text=text, sentences=(sentence,))
    assert {mention.text for mention in relate(document, mentions)[0]} == {words for words, _ in marks}
