"""YAML as a planner means it."""

import math

import pytest

from sim.scenario.yamltree import YamlError, parse_yaml, plain


def read(text):
    tree, problems = parse_yaml(text, "a.yaml")
    assert problems == []
    return plain(tree)


MERGE_KEYS = (
    "merge keys (<<) aren't read; repeat a whole value by its anchor (&name where it first stands, then *name), or put "
    "what files share into one that they extend (extends: base.yaml)"
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("08:00", "08:00"),
        ("8:30:00", "8:30:00"),
        ("2027-01-04", "2027-01-04"),
        ("2027-02-30", "2027-02-30"),
        ("on", "on"),
        ("No", "No"),
        ("yes", "yes"),
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-3", -3),
        ("007", 7),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("1e308", 1e308),
        ("1e999", math.inf),
        (".inf", math.inf),
        ("9" * 400, "9" * 400),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12 %", "12 %"),
        ("+40 %", "+40 %"),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("! 12", "12"),
    ],
)
def test_scalars_are_what_was_written(written, value):
    assert read(f"a: {written}\n") == {"a": value}


def test_not_a_number_is_read_as_such():
    assert math.isnan(read("a: .nan")["a"])


def test_names_of_fields_are_text():
    assert read("{1: a, on: b, null: c, 08:00: d, true: e}") == {
        "1": "a",
        "on": "b",
        "null": "c",
        "08:00": "d",
        "true": "e",
    }


def test_lines_are_those_of_the_names():
    tree, _ = parse_yaml("a: 1\nb:\n  c:\n    - 1\n    - d: 2\n", "a.yaml")
    assert [tree.at(loc).line for loc in [("a",), ("b",), ("b", "c"), ("b", "c", 1), ("b", "c", 1, "d")]] == [
        1,
        2,
        3,
        5,
        5,
    ]
    assert tree.at(("b", "x", "y")).line == 2


def test_aliases_repeat_what_they_name():
    assert read("a: &x {b: 1}\nc: *x\n") == {"a": {"b": 1}, "c": {"b": 1}}


def test_a_field_given_twice():
    tree, problems = parse_yaml("a:\n  b: 1\n  c: 2\n  b: 3\n", "a.yaml")
    assert [(p.field, p.line, p.message) for p in problems] == [("a.b", 4, "given twice (first on line 2); keep one")]
    assert plain(tree) == {"a": {"b": 3, "c": 2}}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\n\tb: 2\n", 2, "a tab; indent with spaces"),
        ("a: b: c\n", 1, "a colon where none can stand; check the indentation, or put the text in quotes"),
        ("a: 1\nb\nc: 2\n", 3, 'a line without "name: value" (a space must follow the colon), here or just above'),
        ("a:\n  b: 1\n c: 2\n", 3, "does not line up with what stands above; check the indentation"),
        ("a: [1, 2\nb: 3\n", 2, "a comma or a closing bracket is missing, here or just above"),
        ("a: 1\n---\nb: 2\n", 2, 'a second document ("---"); a scenario is one document'),
        ("a: *nobody\n", 1, 'unknown alias "*nobody"'),
        ("a: !!python/object:os.system x\n", 1, "tags (!) have no meaning here"),
        ("a: !!set {b}\n", 1, "tags (!) have no meaning here"),
        ("a: &one\n  b: 1\nc:\n  <<: *one\n  b: 2\n", 4, MERGE_KEYS),
        ("a: &one {b: 1}\nc: {<<: *one}\nd: {<<: *one}\n", 2, f"{MERGE_KEYS} (also on line 3)"),
        ("[1, 2]: 3\n", 1, "a field's name must be text, not a list or mapping (quotes help)"),
        ("a: 1\nb: \0\n", 2, 'holds a character that no text has ("\\x00"); is it the right file?'),
        ('"\\ud800": 2\n', 1, 'holds half a character ("\\ud800"); write the character itself'),
        ("[" * 60, 1, "nested more than 40 deep"),
        ("a: &a [*a]\n", 1, 'unknown alias "*a"'),
    ],
)
def test_what_is_no_scenario(text, line, message):
    with pytest.raises(YamlError) as caught:
        parse_yaml(text, "a.yaml")
    assert (caught.value.problem.line, caught.value.problem.message) == (line, message)


def test_aliases_cannot_multiply_without_end():
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10))
    with pytest.raises(YamlError, match="more than 100000 values"):
        parse_yaml(f"l0: &l0 [x, x]\n{levels}\n", "a.yaml")


def test_aliases_cannot_nest_without_end():
    chain = "\n".join(f"l{n}: &l{n} [*l{n - 1}]" for n in range(1, 60))
    with pytest.raises(YamlError, match="nested more than 40 deep"):
        parse_yaml(f"l0: &l0 [x]\n{chain}\n", "a.yaml")
