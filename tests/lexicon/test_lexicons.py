import pytest

from pipeline.lexicon import Lexicons, load_lexicons, load_words


@pytest.fixture(scope="module")
def lexicons() -> Lexicons:
    return load_lexicons()


@pytest.mark.parametrize(
    ("name", "preferred"),
    [
        ("Campath-1H", "alemtuzumab"),
        ("acetaminophen", "paracetamol"),
        ("cyclosporine A", "ciclosporin"),
        ("acyclovir", "aciclovir"),
        ("prednisolone acetate", "prednisolone"),
        ("metformin hydrochloride", "metformin"),
        ("imatinib mesylate", "imatinib"),
        ("TMP-SMX", "co-trimoxazole"),
        ("trimethoprim/sulfamethoxazole", "co-trimoxazole"),
        ("antithymocyte globulin", "anti-thymocyte globulin"),
        ("G-CSF", "filgrastim"),
        ("IVIg", "immunoglobulin"),
        ("interferon-α", "interferon alfa"),
        ("Doxil", "pegylated liposomal doxorubicin"),
        ("adriamycin", "doxorubicin"),
        ("AmBisome", "liposomal amphotericin b"),
        ("amphotericin B", "amphotericin b"),
        ("Keytruda", "pembrolizumab"),
        ("steroids", "corticosteroids"),
        ("6-mercaptopurine", "mercaptopurine"),
        ("mesalamine", "mesalazine"),
        ("potassium chloride", "potassium chloride"),
    ],
)
def test_drug_names(lexicons: Lexicons, name: str, preferred: str) -> None:
    entry = lexicons.find(name, "DRUG")
    assert entry is not None
    assert entry.name == preferred


@pytest.mark.parametrize(
    ("name", "preferred"),
    [
        ("local anaesthesia", "local anesthesia"),
        ("percutaneous nephrostomy", "nephrostomy"),
        ("pneumonectomy", "pneumonectomy"),
        ("oesophagectomy", "esophagectomy"),
        ("intensity modulated radiotherapy", "radiotherapy"),
        ("scaling and root planing", "scaling and root planing"),
        ("variceal banding", "variceal ligation"),
        ("modified radical neck dissection", "lymphadenectomy"),
    ],
)
def test_therapy_names(lexicons: Lexicons, name: str, preferred: str) -> None:
    entry = lexicons.find(name, "THERAPY")
    assert entry is not None
    assert entry.name == preferred


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("alemtuzumab", "UNII:3A189DH42V"),
        ("prednisone", "UNII:VB0R961HZT"),
        ("ciclosporin", "UNII:83HN0GTJ6D"),
        ("paracetamol", "UNII:362O9ITL9D"),
    ],
)
def test_drug_codes(lexicons: Lexicons, name: str, code: str) -> None:
    entry = lexicons.find(name, "DRUG")
    assert entry is not None
    assert entry.code == code


def test_combination_has_its_components(lexicons: Lexicons) -> None:
    chop = lexicons.find("CHOP", "DRUG")
    assert chop is not None
    assert chop.kind == "regimen"
    assert chop.parts == ("cyclophosphamide", "doxorubicin", "vincristine", "prednisone")
    for part in chop.parts:
        assert lexicons.find(part, "DRUG") is not None


def test_every_component_is_a_drug_of_the_lexicon(lexicons: Lexicons) -> None:
    regimens = [lexicons.entry(number) for number, row in enumerate(lexicons.rows) if row[1] == "regimens"]
    unknown = {part for entry in regimens for part in entry.parts if lexicons.find(part, "DRUG") is None}
    assert unknown == set()


@pytest.mark.parametrize(
    ("name", "preferred", "kind"),
    [
        ("photopheresis", "extracorporeal photopheresis", "apheresis"),
        ("allo-HSCT", "allogeneic stem cell transplantation", "transplant"),
        ("platelet transfusions", "platelet transfusion", "transfusion"),
        ("TSEBT", "total skin electron beam therapy", "radiotherapy"),
        ("splenectomy", "splenectomy", "surgery"),
    ],
)
def test_other_therapies(lexicons: Lexicons, name: str, preferred: str, kind: str) -> None:
    entry = lexicons.find(name, "THERAPY")
    assert entry is not None
    assert (entry.name, entry.kind) == (preferred, kind)


@pytest.mark.parametrize(
    ("name", "preferred", "term"),
    [
        ("severe neutropenia", "neutropenia", "neutrophil count decreased"),
        ("thrombocytopaenia", "thrombocytopenia", "platelet count decreased"),
        ("anaemia", "anemia", "anemia"),
        ("diarrhoea", "diarrhea", "diarrhea"),
        ("infusion reactions", "infusion related reaction", "infusion related reaction"),
        ("ITP", "immune thrombocytopenia", ""),
        ("DVT", "deep vein thrombosis", "thromboembolic event"),
    ],
)
def test_conditions(lexicons: Lexicons, name: str, preferred: str, term: str) -> None:
    entry = lexicons.find(name, "CONDITION")
    assert entry is not None
    assert (entry.name, entry.ctcae_term) == (preferred, term)
    assert bool(entry.soc) == bool(term)


@pytest.mark.parametrize(
    ("name", "preferred", "unit"),
    [
        ("WBC", "leukocytes", "10*9/L"),
        ("white cell count", "leukocytes", "10*9/L"),
        ("thrombocytes", "platelets", "10*9/L"),
        ("ANC", "neutrophils", "10*9/L"),
        ("Sézary cells", "sézary cells", "10*9/L"),
        ("haemoglobin", "hemoglobin", "g/L"),
        ("serum creatinine", "creatinine", "umol/L"),
        ("Hgb", "hemoglobin", "g/L"),
        ("Plt", "platelets", "10*9/L"),
        ("anti-Müllerian hormone", "anti-müllerian hormone", "pmol/L"),
        ("intracompartmental pressure", "compartment pressure", "mm[Hg]"),
    ],
)
def test_analytes(lexicons: Lexicons, name: str, preferred: str, unit: str) -> None:
    entry = lexicons.find(name, "ANALYTE")
    assert entry is not None
    assert (entry.name, entry.si_unit) == (preferred, unit)


@pytest.mark.parametrize("word", ["water", "today", "success", "Julie", "e. coli", "May"])
def test_words_that_are_no_drugs(lexicons: Lexicons, word: str) -> None:
    assert lexicons.find(word, "DRUG") is None


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "version", "grade"),
    [
        ("neutrophils", 0.7, "10*9/L", "5", 3),
        ("neutrophils", 0.4, "10*9/L", "5", 4),
        ("platelets", 18, "10*9/L", "5", 4),
        ("platelets", 18, "10*9/L", "6", 3),
        ("hemoglobin", 75, "g/L", "5", 3),
    ],
)
def test_laboratory_grades(lexicons: Lexicons, analyte: str, value: float, unit: str, version: str, grade: int) -> None:
    found = lexicons.grade(analyte, value, unit, version)
    assert found is not None
    assert found.grade == grade


def test_no_grade_in_another_unit(lexicons: Lexicons) -> None:
    assert lexicons.grade("hemoglobin", 7.5, "g/dL") is None


def test_words_for_repair() -> None:
    assert {"thrombocytopenia", "cyclophosphamide"} <= load_words()
