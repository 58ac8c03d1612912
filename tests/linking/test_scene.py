"""The document with everything known of it, as the fact builders ask for it."""

import pytest

from pipeline.datamodel import Span
from tests.linking.report import OF_TWO, Table

STORY = "She received dapsone 100 mg daily. A platelet count of 90 × 10⁹/L was found."


@pytest.fixture(scope="module")
def scene(read):
    return read(STORY).scene


def named(scene, text):
    return next(m for m in scene.mentions if m.text == text)


def test_mentions_of_a_sentence_lie_in_it(scene):
    for index in range(len(scene.document.sentences)):
        for mention in scene.within(index):
            assert scene.sentence(index).covers(mention)
            assert mention.text in scene.words(index)


def test_every_mention_is_found_again_by_its_sentence(scene):
    told = [m for index in range(len(scene.document.sentences)) for m in scene.within(index)]
    assert sorted(told, key=str) == sorted(scene.mentions, key=str)


def test_mentions_are_asked_for_by_label(scene):
    index = scene.sentence_index(named(scene, "dapsone"))
    assert [m.text for m in scene.within(index, "DRUG")] == ["dapsone"]
    assert {m.label for m in scene.labelled("DRUG", "DOSE")} == {"DRUG", "DOSE"}


def test_mentions_inside_a_stretch_are_those_that_lie_wholly_in_it(scene):
    dose = named(scene, "100 mg")
    assert dose in scene.inside(Span(start=dose.start, end=dose.end), "DOSE")
    assert dose not in scene.inside(Span(start=dose.start, end=dose.end - 1), "DOSE")


def test_a_drug_knows_its_dose_and_the_dose_its_drug(scene):
    drug, dose = named(scene, "dapsone"), named(scene, "100 mg")
    assert scene.heads_of(drug, "DOSE_OF") == (dose,)
    assert scene.tails_of(dose, "DOSE_OF") == (drug,)
    assert scene.heads_of(drug, "ROUTE_OF") == ()


def test_the_only_patient_owns_the_story(scene):
    assert scene.cases_of(named(scene, "dapsone")) == (1,)


def test_each_patient_owns_her_own_sentence(read):
    scene = read(**OF_TWO).scene
    assert scene.cases_of(named(scene, "dapsone")) == (1,)
    assert scene.cases_of(named(scene, "colchicine")) == (2,)


def test_the_literatures_patients_are_nobodys_case(read):
    scene = read(STORY, discussion="Adams et al. treated twelve patients with colchicine 1 mg daily.").scene
    assert scene.cases_of(named(scene, "colchicine")) == ()


def test_a_place_in_a_table_has_its_cell(read):
    scene = read(STORY, tables=(Table(rows=[["Drug", "Dose"], ["colchicine", "1 mg"]]),)).scene
    table, cell = scene.cell_at(named(scene, "1 mg"))
    assert (cell.header, cell.label) == (("Dose",), "colchicine")
    assert cell in table.cells
    assert scene.cell_at(named(scene, "dapsone")) is None
