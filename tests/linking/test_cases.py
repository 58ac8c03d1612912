"""Who the patients are."""

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AgeValue, ConditionName, Period, SexValue
from pipeline.linking.cases import build_cases
from pipeline.segmentation import segment
from tests.segmentation.report import Report

VALUES = {"AGE": AgeValue, "SEX": SexValue}


def mention(document, text, label, value, nth=0, **more):
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(text, start + 1)
    rule = "pattern:AGE.years_old" if label == "AGE" else "test"
    return Mention(start=start, end=start + len(text), label=label, text=text, rule=rule, value=value, **more)


def case(text, *found, title="Rash in a patient"):
    """The only case of a report; ``found`` are (text, label, value) in text order."""
    document = segment(Report(title).heading("Case report").paragraph(text).document())
    mentions = sorted((mention(document, *one) for one in found), key=lambda m: m.start)
    (built,) = build_cases(document, mentions)
    return built


LYMPHOMA = ConditionName(name="lymphoma", code="DOID:0060058")
RASH = ConditionName(name="rash")
GOUT = ConditionName(name="gout", code="DOID:13189")


def test_age_and_the_word_for_the_sex_beside_it():
    text = "Her mother was well. A 57-year-old woman was admitted. His name was lost."
    built = case(
        text,
        ("57-year-old", "AGE", AgeValue(years=57)),
        ("woman", "SEX", SexValue(sex="female")),
        ("His", "SEX", SexValue(sex="male")),
    )
    assert (built.age_years, built.sex) == (57, "female")


def test_pronouns_are_the_last_resort():
    text = "The patient was admitted on day 1. He was ill. He slept. She was the nurse."
    he, she = SexValue(sex="male"), SexValue(sex="female")
    assert case(text, ("He", "SEX", he), ("She", "SEX", she)).sex == "unknown"
    assert case(text, ("He", "SEX", he), ("He", "SEX", he, 1), ("She", "SEX", she)).sex == "male"


def test_ages_listed_respectively():
    text = "We treated two patients, patient 1 and patient 2. Both patients were female, aged 48 and 50, respectively."
    document = segment(Report("Rash: two cases").heading("Cases").paragraph(text).document())
    mentions = [
        mention(document, "female", "SEX", SexValue(sex="female")),
        mention(document, "48", "AGE", AgeValue(years=48)),
        mention(document, "50", "AGE", AgeValue(years=50)),
    ]
    built = build_cases(document, mentions)
    assert [(c.age_years, c.sex) for c in built] == [(48, "female"), (50, "female")]


def test_the_diagnosis_is_in_the_title_and_is_no_comorbidity():
    text = "A 70-year-old man with gout was diagnosed with lymphoma. The lymphoma grew. He had a rash, a rash, a rash."
    built = case(
        text,
        ("lymphoma", "CONDITION", LYMPHOMA),
        ("gout", "CONDITION", GOUT),
        ("lymphoma", "CONDITION", LYMPHOMA, 1),
        ("rash", "CONDITION", RASH),
        ("rash", "CONDITION", RASH, 1),
        ("rash", "CONDITION", RASH, 2),
        title="Alemtuzumab in refractory lymphoma: a case report",
    )
    assert (built.diagnosis, built.diagnosis_code) == ("lymphoma", "DOID:0060058")
    assert built.comorbidities == ("gout",)


def test_a_mistaken_diagnosis_is_none():
    text = "A man of 40 came. It was initially diagnosed as gout. He was then diagnosed with lymphoma. He was well."
    built = case(text, ("gout", "CONDITION", GOUT), ("lymphoma", "CONDITION", LYMPHOMA))
    assert built.diagnosis == "lymphoma"


def test_stage_of_a_tumour_and_of_nothing_else():
    told = "A 50-year-old man came. "
    assert case(told + "He had lymphoma in stage IVA (T4NXM0B2).").stage == "IVA"
    assert case(told + "The tumour was cT1cN2M0.").stage == "cT1cN2M0"
    assert case(told + "He had stage 3 kidney disease, and at this stage he slept.").stage == ""


def test_last_status():
    told = "A 50-year-old man came. "
    assert case(told + "He was discharged on day 4.").status_at_last_follow_up == "alive"
    assert case(told + "He was discharged. He died of sepsis.").status_at_last_follow_up == "dead"
    assert case(told + "He was discharged and lost to follow-up.").status_at_last_follow_up == "lost"
    assert case(told + "He had a rash. Cell death was seen.").status_at_last_follow_up == "unknown"


def test_length_of_follow_up():
    text = "A 50-year-old man came. He slept for 3 days. After 13 months of follow-up he was well."
    built = case(
        text,
        ("3 days", "DURATION", Period(low=3, high=3)),
        ("13 months", "DURATION", Period(low=395.7, high=395.7)),
    )
    assert built.follow_up_days == 395.7


def test_a_report_without_patients_has_no_cases():
    document = segment(Report("A review of gout").heading("Introduction").paragraph("Gout is rare.").document())
    assert build_cases(document, []) == ()


def test_what_describes_the_person_is_not_the_diagnosis():
    text = "A woman had a lymphoma. She was diabetic."
    found = (("lymphoma", "CONDITION", LYMPHOMA), ("diabetic", "CONDITION", GOUT))
    document = segment(Report("A lymphoma in a diabetic patient").heading("Case report").paragraph(text).document())
    mentions = [
        *(mention(document, *one, nth) for one in found for nth in (0, 1)),
        mention(document, "diabetic", "CONDITION", GOUT, 0),
    ]
    (built,) = build_cases(document, sorted(mentions, key=lambda m: m.start))
    assert built.diagnosis == "lymphoma"


def test_a_sign_is_the_diagnosis_only_where_nothing_else_is():
    pain = ConditionName(name="hip pain")
    text = "She had hip pain. Later the hip pain was worse. She was diagnosed with gout."
    told = [("hip pain", "CONDITION", pain), ("hip pain", "CONDITION", pain, 1), ("gout", "CONDITION", GOUT)]
    assert case(text, *told).diagnosis == "gout"
    assert case(text, *told[:2]).diagnosis == "hip pain"


def test_a_finding_is_the_diagnosis_only_where_the_report_says_so():
    low = ConditionName(name="thrombocytopenia", code="DOID:1588")
    told = "A 40-year-old man was admitted. He had thrombocytopenia, thrombocytopenia and gout."
    counts = ("thrombocytopenia", "CONDITION", low), ("thrombocytopenia", "CONDITION", low, 1)
    assert case(told, *counts, ("gout", "CONDITION", GOUT), title="A report").diagnosis == "gout"
    named = told + " A diagnosis of drug-induced thrombocytopenia was made."
    last = ("thrombocytopenia", "CONDITION", low, 2)
    assert case(named, *counts, last, ("gout", "CONDITION", GOUT), title="A report").diagnosis == "thrombocytopenia"


def test_letters_that_no_lexicon_knows_are_a_diagnosis_where_the_report_says_so():
    gout = ("gout", "CONDITION", GOUT)
    assert case("The boy had gout. This allowed the diagnosis of IPH.", gout, title="A report").diagnosis == "IPH"
    told = "The boy had gout. A differential diagnosis of IPH was discussed."
    assert case(told, gout, title="A report").diagnosis == "gout"
    told = "The boy had gout. He was diagnosed with MRI."
    assert case(told, gout, title="A report").diagnosis == "gout"


def test_the_fuller_name_for_a_bare_one_in_the_title():
    bare = ConditionName(name="embolism", code="DOID:1")
    full = ConditionName(name="pulmonary embolism", code="DOID:9477")
    text = "The man had pulmonary embolism. He recovered."
    built = case(
        text, ("Embolism", "CONDITION", bare), ("pulmonary embolism", "CONDITION", full), title="Embolism in a patient"
    )
    assert built.diagnosis == "pulmonary embolism"


def test_one_and_several_of_a_kind_are_one_name():
    one, two = ConditionName(name="hip fracture"), ConditionName(name="hip fractures")
    text = "The man had gout. He had hip fractures. The hip fracture healed."
    found = ("hip fractures", "CONDITION", two), ("hip fracture", "CONDITION", one, 1), ("gout", "CONDITION", GOUT)
    assert case(text, *found, title="A report").diagnosis == "hip fracture"
