"""Whatever is in a scenario file, loading it gives a scenario or a message: never a traceback."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.scenario.load import load_scenario
from sim.scenario.starter import starter_text

EXAMPLE = Path(__file__).parents[1] / "unit" / "scenario" / "example"
WHOLES = [dict(load_scenario(EXAMPLE / name).resolved) for name in ("full.yaml", "sites.yaml")]
"""All that a scenario of one team can say, and of several sites, teams and channels."""
STARTER = starter_text().encode()
TABLES = {path.name: path.read_bytes() for path in (EXAMPLE / "tables").iterdir()}

quietly = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**300, max_value=10**320),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        ["", "0", "-3 min", "1e308", "08:00", "24:00-25:00", "2027-02-30", "120 %", "80 % in 10 s", "unlimited", "auto"]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FRAGMENTS = [
    *(b"[", b"]", b"{", b"}", b":", b": ", b"- ", b"? ", b"&a ", b"*a", b"<<: *a", b"!!python/object:os.system ", b"!"),
    *(
        b"|",
        b">",
        b"---\n",
        b"...\n",
        b"\t",
        b"\0",
        b"\xff\xfe",
        b"'",
        b'"',
        b'"\\U7fffffff"',
        b'"\\ud800"',
        b"#",
        b"\r",
    ),
    *(
        b"%YAML 99999999999999999999.1\n",
        b"%TAG ! x\n",
        b"\xe2\x80\xa8",
        b"\xc2\x85",
        b"1e308",
        b".nan",
        b"-1",
        b"[" * 99,
    ),
    *(b"9" * 5000, b"x" * 2000, b"\n", b"  ", b"~", b"null", b"=", b"@", b"`"),
]


def places(data: Any, loc: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in nested data but the root."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for key, value in entries for place in ((*loc, key), *places(value, (*loc, key)))]


PLACES = [places(whole) for whole in WHOLES]


def at_places(most: int) -> st.SearchStrategy[tuple[dict[str, Any], list[tuple[Any, ...]]]]:
    """One of the whole scenarios and some places in it."""
    return st.sampled_from(range(len(WHOLES))).flatmap(
        lambda which: st.tuples(
            st.just(WHOLES[which]), st.lists(st.sampled_from(PLACES[which]), min_size=1, max_size=most)
        )
    )


def told_cleanly(path: Path, *overrides: str) -> bool:
    """Load; whether it is a scenario. A refusal is one printable line per problem and a first line that counts them."""
    refused = None
    try:
        loaded = load_scenario(path, overrides)
        assert all(f"{doubt.field}{doubt.message}".isprintable() for doubt in loaded.warnings)
    except ScenarioError as error:
        refused = error
    if refused is None:
        return True
    first, *lines = str(refused).split("\n")
    count = len(refused.problems)
    assert first.endswith(f": {count} problem{'s' if count != 1 else ''}")
    assert len(lines) == count > 0
    assert all(line.isprintable() and len(line) < 1500 for line in (first, *lines))
    assert all(problem.message for problem in refused.problems)
    assert "Input should" not in str(refused)  # pydantic's own words
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the tables that the whole example names."""
    tables = tmp_path / "tables"
    tables.mkdir()
    for name, content in TABLES.items():
        (tables / name).write_bytes(content)
    return tmp_path


def write(folder: Path, data: Any) -> Path:
    path = folder / "care.yaml"
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize("whole", WHOLES)
def test_the_examples_themselves_are_sound(folder, whole):
    assert told_cleanly(write(folder, whole))


@settings(quietly, max_examples=160)
@given(where=at_places(4), replacements=st.lists(st.none() | st.tuples(values), min_size=4, max_size=4))
@example(where=(WHOLES[0], [("queues",)]), replacements=[([],)])
@example(where=(WHOLES[0], [("teams", "advisers")]), replacements=[(None,)])
@example(where=(WHOLES[0], [("queues", "calls", "arrivals", "per_week")]), replacements=[(float("nan"),)])
@example(where=(WHOLES[1], [("sites",)]), replacements=[({},)])
@example(where=(WHOLES[1], [("sites", "france")]), replacements=[None])
@example(where=(WHOLES[1], [("teams", "specialists", "serves")]), replacements=[([{}, 3, "calls", "calls"],)])
@example(where=(WHOLES[1], [("queues", "calls", "transfer", "to")]), replacements=[({"billing": "calls"},)])
@example(where=(WHOLES[1], [("queues", "calls", "deflection", "share")]), replacements=[([None, {}, {"from": 1}],)])
@example(where=(WHOLES[1], [("queues", "billing_desk")]), replacements=[None])
def test_values_taken_out_or_replaced(folder, where, replacements):
    whole, chosen = where
    data = copy.deepcopy(whole)
    for (*parents, last), replacement in zip(chosen, replacements, strict=False):
        holder: Any = data
        for key in parents:
            holder = holder[key] if isinstance(holder, dict) and key in holder else None
        if not isinstance(holder, dict) or last not in holder:
            continue
        if replacement is None:
            del holder[last]
        else:
            holder[last] = replacement[0]
    told_cleanly(write(folder, data))


@settings(quietly, max_examples=160)
@given(source=at_places(1), target=at_places(1))
def test_one_part_in_the_place_of_another(folder, source, target):
    part, (a,) = source
    whole, (b,) = target
    data: Any = copy.deepcopy(whole)
    for key in a:
        part = part[key]
    holder = data
    for key in b[:-1]:
        holder = holder[key]
    holder[b[-1]] = copy.deepcopy(part)
    told_cleanly(write(folder, data))


@quietly
@given(data=values)
def test_anything_for_a_scenario(folder, data):
    assert not told_cleanly(write(folder, data))


@settings(quietly, max_examples=200)
@given(
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(FRAGMENTS) | st.binary(max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_bytes_cut_out_and_put_in(folder, edits):
    content = STARTER
    for share, cut, put in edits:
        at = int(share * len(content))
        content = content[:at] + put + content[at + cut :]
    path = folder / "care.yaml"
    path.write_bytes(content)
    told_cleanly(path)


@quietly
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes(folder, content):
    path = folder / "care.yaml"
    path.write_bytes(content)
    assert not told_cleanly(path)


@quietly
@given(
    name=st.sampled_from(sorted(TABLES)),
    share=st.floats(0, 1),
    cut=st.integers(0, 30),
    put=st.sampled_from(
        [b"", b",", b";", b'"', b"\n", b"\0", b"\xff", b"nan", b"1e999", b"-1", b"9" * 400, b"x" * 200_000]
    ),
)
def test_damaged_tables(folder, name, share, cut, put):
    content = TABLES[name]
    at = int(share * len(content))
    (folder / "tables" / name).write_bytes(content[:at] + put + content[at + cut :])
    told_cleanly(write(folder, WHOLES[0]))


@quietly
@given(
    whole=st.sampled_from(WHOLES),
    override=st.text(max_size=30)
    | st.tuples(st.sampled_from([*PLACES[0], *PLACES[1]]), st.text(max_size=15)).map(
        lambda pair: f"{'.'.join(str(key) for key in pair[0])}={pair[1]}"
    ),
)
@example(whole=WHOLES[0], override="queues.calls.arrivals.events.0.volume=+5 %")
@example(whole=WHOLES[1], override="queues.calls.deflection.share.0.share=5 %")
@example(whole=WHOLES[1], override="teams.nobody.heads=5")
@example(whole=WHOLES[1], override="teams.generalists.serves.calls.speed=90 %")
@example(whole=WHOLES[1], override="teams.generalists.skills.agenda.speed=90 %")
def test_any_override(folder, whole, override):
    told_cleanly(write(folder, whole), override)
