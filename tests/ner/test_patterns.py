"""The pattern engine on small grammars of its own."""

from pathlib import Path

import pytest

from pipeline.datamodel import Mention, Sentence
from pipeline.ner.patterns import PatternMatcher, start_key

HEAD = 'label = "{label}"\ndefinition = "d"\nsource = "s"\npriority = {priority}\n'


def grammar(folder: Path, **patterns: str) -> PatternMatcher:
    """A matcher over one file a label; keys are ``LABEL`` or ``LABEL_priority``."""
    for key, body in patterns.items():
        label, _, priority = key.partition("_")
        (folder / f"{label}.toml").write_text(HEAD.format(label=label, priority=priority or "50") + body)
    return PatternMatcher(folder)


def sentences(text: str, *cuts: int) -> list[Sentence]:
    ends = [*cuts, len(text)]
    return [
        Sentence(start=start, end=end, section="case", block="paragraph")
        for start, end in zip([0, *cuts], ends, strict=True)
    ]


def found(matcher: PatternMatcher, text: str, known: tuple[Mention, ...] = ()) -> list[tuple[str, str]]:
    return [(m.label, m.text) for m in matcher.find(text, sentences(text), known)]


@pytest.mark.parametrize(
    ("word", "key"), [("30mg", "#"), (".", "#"), ("1,5", "#"), ("q8h", "q#h"), ("Daily", "daily"), ("½", "½")]
)
def test_start_keys(word: str, key: str) -> None:
    assert start_key(word) == key


def test_longest_match_of_a_label_wins(tmp_path: Path) -> None:
    matcher = grammar(
        tmp_path,
        DOSE="""
[[pattern]]
name = "short"
starts = ["#"]
regex = '\\d+ mg'
[[pattern]]
name = "long"
starts = ["#"]
regex = '\\d+ mg/kg'
""",
    )
    assert found(matcher, "He got 5 mg/kg of it.") == [("DOSE", "5 mg/kg")]


def test_priority_decides_between_labels(tmp_path: Path) -> None:
    body = '[[pattern]]\nname = "n"\nstarts = ["#"]\nregex = \'\\d+ mg{more}\'\n'
    matcher = grammar(tmp_path, DOSE_70=body.replace("{more}", ""), VALUE_60=body.replace("{more}", " of it"))
    assert found(matcher, "He got 5 mg of it.") == [("DOSE", "5 mg")]


def test_first_beats_longer_and_veto_gives_nothing(tmp_path: Path) -> None:
    matcher = grammar(
        tmp_path,
        VALUE="""
[[pattern]]
name = "any"
starts = ["#"]
regex = '\\d+ U/L(?: and \\d+ U/L)?'
[[pattern]]
name = "reference"
starts = ["normal"]
regex = 'normal (?P<span>\\d+ U/L)'
first = true
veto = true
""",
    )
    assert found(matcher, "ALT 91 U/L, normal 40 U/L.") == [("VALUE", "91 U/L")]


def test_a_veto_for_all_blocks_other_labels(tmp_path: Path) -> None:
    body = '[[pattern]]\nname = "n"\nstarts = ["#"]\nregex = \'\\d+ U\'\n'
    matcher = grammar(tmp_path, DOSE_60=body, VALUE_70=body + 'veto = "all"\n')
    assert found(matcher, "It was 15 U.") == []
    assert found(grammar(tmp_path, VALUE_70=body + "veto = true\n"), "It was 15 U.") == [("DOSE", "15 U")]


def test_overlay_lies_beside_another_label(tmp_path: Path) -> None:
    body = '[[pattern]]\nname = "n"\nstarts = ["#"]\nregex = \'\\d+ weeks\'\n'
    matcher = grammar(tmp_path, TIME=body, DURATION=body + "overlay = true\n")
    assert found(matcher, "It came 3 weeks later.") == [("DURATION", "3 weeks"), ("TIME", "3 weeks")]


def test_a_match_never_crosses_a_sentence(tmp_path: Path) -> None:
    matcher = grammar(tmp_path, DOSE='[[pattern]]\nname = "n"\nstarts = ["#"]\nregex = \'\\d+[. ]*mg\'\n')
    text = "It was 5. mg is a unit."
    assert matcher.find(text, sentences(text, 10)) == []
    assert len(matcher.find(text, sentences(text))) == 1


def test_a_match_ends_at_a_word_end(tmp_path: Path) -> None:
    matcher = grammar(tmp_path, DOSE='[[pattern]]\nname = "n"\nstarts = ["#"]\nregex = \'\\d+ ?m(?:g|l)?\'\n')
    assert found(matcher, "5 mg, 5 mgx, 5 m") == [("DOSE", "5 mg"), ("DOSE", "5 m")]


def test_patterns_after_a_known_mention(tmp_path: Path) -> None:
    matcher = grammar(
        tmp_path, VALUE='[[pattern]]\nname = "n"\nstarts = ["after ANALYTE"]\nregex = \' (?P<span>[\\d.]+)\'\n'
    )
    analyte = Mention(start=4, end=7, label="ANALYTE", text="WBC", rule="lexicon:analytes")
    assert found(matcher, "The WBC 9.6 of day 7.0") == []
    assert found(matcher, "The WBC 9.6 of day 7.0", (analyte,)) == [("VALUE", "9.6")]


def test_a_shared_unit_goes_into_the_entry(tmp_path: Path) -> None:
    matcher = grammar(
        tmp_path,
        VALUE="""
[[pattern]]
name = "both"
starts = ["#"]
regex = '(?P<span>\\d+) and (?P<span2>\\d+(?P<unit> U/L))'
""",
    )
    text = "ALT and AST were 91 and 63 U/L."
    assert [(m.text, m.entry) for m in matcher.find(text, sentences(text))] == [("91", "91  U/L"), ("63 U/L", "63 U/L")]


def test_rows_only_patterns_need_a_table_row(tmp_path: Path) -> None:
    matcher = grammar(tmp_path, VALUE='[[pattern]]\nname = "n"\nstarts = ["#"]\nregex = \'\\d+\'\nrows = true\n')
    row = Sentence(start=0, end=6, section="table", block="table", row=2)
    assert len(matcher.find("WBC 18", [row])) == 1
    assert found(matcher, "WBC 18") == []


def test_fragments_and_start_classes_are_filled_in(tmp_path: Path) -> None:
    (tmp_path / "_fragments.toml").write_text(
        "[fragments]\nunit = 'mg|g'\namount = '\\d+ {unit}'\n[starts]\nnumber = [\"#\"]\nany = [\"@number\"]\n"
    )
    matcher = grammar(tmp_path, DOSE='[[pattern]]\nname = "n"\nstarts = ["@any"]\nregex = \'{amount}\'\n')
    assert found(matcher, "He got 5 g.") == [("DOSE", "5 g")]


@pytest.mark.parametrize("regex", ["{missing}", "(", "(?P<span>a"])
def test_a_broken_pattern_is_named(tmp_path: Path, regex: str) -> None:
    with pytest.raises(ValueError, match=r"DOSE\.n"):
        grammar(tmp_path, DOSE=f'[[pattern]]\nname = "n"\nstarts = ["#"]\nregex = \'{regex}\'\n')


@pytest.mark.parametrize("text", ["𝟙 5 mg", "e\u0301 5 mg", "a\r\n5 mg"])
def test_offsets_are_code_points(text: str) -> None:
    (mention,) = (m for m in PatternMatcher().find(text, sentences(text)) if m.label == "DOSE")
    assert text[mention.start : mention.end] == mention.text == "5 mg"
