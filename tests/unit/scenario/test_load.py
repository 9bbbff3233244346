"""Files, what they extend, overrides, and where each problem is said to stand."""

import json
import pickle
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.distribution import Lognormal
from sim.scenario.load import load_scenario

EXAMPLE = Path(__file__).parent / "example" / "full.yaml"
SITES = EXAMPLE.with_name("sites.yaml")


def told(path, *overrides):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, overrides)
    return str(caught.value)


def test_everything_a_scenario_can_say_is_read():
    loaded = load_scenario(EXAMPLE)
    calls, emails = loaded.model.queues["calls"], loaded.model.queues["emails"]
    assert loaded.model.name == "Full"
    assert calls.arrivals.per_week == 19_000
    assert calls.arrivals.days == (24, 19, 19, 19, 19, 0, 0)
    assert calls.arrivals.profile is not None
    assert calls.arrivals.profile.weekdays[5] == ((9 * 3_600_000, 1.0),)
    assert calls.after_call_work is not None
    assert calls.after_call_work.durations_ms == (12_000, 30_500, 0)
    assert calls.targets.answer_rate == 0.95
    assert calls.targets.formula == "sl_excl_short"
    assert emails.handle_time == Lognormal(mean="8 min")
    assert loaded.model.teams["advisers"].heads is None
    assert [path.name for path in loaded.files][:2] == ["full.yaml", "base.yaml"]
    assert {path.name for path in loaded.files[2:]} == {"profile.csv", "wrap_up.csv", "positions.csv", "volumes.csv"}


@pytest.mark.parametrize(("file", "team"), [(EXAMPLE, "advisers"), (SITES, "generalists")])
def test_a_loaded_scenario_can_be_hashed_copied_and_written_down(file, team):
    loaded = load_scenario(file)
    assert hash(loaded.model) == hash(load_scenario(file).model)
    assert pickle.loads(pickle.dumps(loaded)) == loaded
    assert json.loads(json.dumps(loaded.resolved))["teams"][team]["cost"] == {"loaded_per_year": "36000 EUR"}
    assert json.loads(json.dumps(loaded.model.model_dump(mode="json", by_alias=True)))["start"] == "2027-01-04"


def test_everything_several_sites_and_teams_can_say_is_read():
    model = load_scenario(SITES).model
    calls, generalists = model.queues["calls"], model.teams["generalists"]
    assert model.sites is not None
    assert model.sites["germany"].calendar.subdivision == "BY"
    assert (model.routing.agents, model.routing.contacts) == ("least occupied", "score")
    assert (calls.score.base, calls.score.per_minute) == (10, 2)
    assert calls.callback is not None
    assert (calls.callback.above, calls.callback.reached, calls.callback.tries) == (120_000, 0.85, 4)
    assert calls.announcement is not None
    assert (calls.announcement.balking, calls.announcement.patience) == (0.05, 1.5)
    assert calls.transfer is not None
    assert calls.transfer.to == {"billing": "billing_desk"}
    assert calls.transfer.warm is not None
    assert calls.transfer.warm.hold == 120_000
    assert calls.deflection is not None
    assert calls.deflection.posts is not None
    assert (calls.deflection.posts.share, calls.deflection.posts.to) == (0.4, "forum")
    assert generalists.chat.speeds == (1, 0.85, 0.7)
    assert generalists.put_down_emails == "own agent resumes"
    assert model.terms("specialists", "calls").overflow_after == 30_000


def test_the_resolved_scenario_is_the_scenario(tmp_path):
    loaded = load_scenario(EXAMPLE, ["teams.advisers.reserve=3"])
    alone = EXAMPLE.parent / "alone.yaml"
    copy = tmp_path / alone.name
    copy.write_text(json.dumps(loaded.resolved))
    (tmp_path / "tables").symlink_to(EXAMPLE.parent / "tables")
    assert load_scenario(copy).model == loaded.model


def test_one_message_names_file_line_field_and_mend(write):
    path = write("kind: centre\nname: x\nstart: 2027-01-04\nhorizon: 4 weeks\nqueues:\n  calls:\n    chanel: call\n")
    assert told(path).splitlines() == [
        f"{path}: 5 problems",
        "          teams: is required",
        "  line 6  queues.calls.arrivals: is required; only a queue to which others send contacts may leave it out",
        "  line 6  queues.calls.channel: is required",
        "  line 6  queues.calls.handle_time: is required",
        '  line 7  queues.calls.chanel: unknown field; did you mean "channel"?',
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; staffsim new writes a file to start from"),
        (b"# nothing\n", "is empty; staffsim new writes a file to start from"),
        (b"- a\n- b\n", 'line 1  must be fields such as "kind: centre" (got a list)'),
        (b"hello", 'line 1  must be fields such as "kind: centre" (got "hello")'),
        (b"a: 1\n\xff\xfe", "line 2  is not UTF-8 text; save it as UTF-8"),
        (b"\x00\x01\x02", 'line 1  holds a character that no text has ("\\x00"); is it the right file?'),
        (b"x" * 1_000_001, "is larger than 1 MB; is it the right file?"),
    ],
)
def test_files_that_hold_no_scenario(tmp_path, content, message):
    path = tmp_path / "care.yaml"
    path.write_bytes(content)
    assert told(path) == f"{path}: 1 problem\n  {message}"


def test_paths_that_are_no_file(tmp_path):
    assert told(tmp_path).endswith("1 problem\n  is a folder, not a file")
    assert told(tmp_path / "none.yaml").endswith("1 problem\n  no such file")
    assert told("a\0b") == "a\\x00b: 1 problem\n  no such file"
    assert "can't be read: file name too long" in told("x" * 5000)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert told(tmp_path / "loop").endswith("no such file")


def test_a_byte_order_mark_is_no_problem(write, small, tmp_path):
    path = write(small({}))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_scenario(path).model.name == "Small"


# --- extends ------------------------------------------------------------------------------------------------------


def test_a_file_is_laid_on_what_it_extends(write, small):
    write(small({"calendar": {"country": "FR", "closed": ["2027-12-24", "2027-12-31"]}}), "base/france.yaml")
    over = {
        "extends": "base/france.yaml",
        "name": "Italy",
        "calendar": {"country": "IT", "closed": ["2027-12-24"]},
        "queues": {"emails": None, "calls": {"arrivals": {"per_week": 200}}},
        "teams": {"advisers": {"heads": 5}},
    }
    model = load_scenario(write(over)).model
    assert (model.name, model.calendar.country, len(model.calendar.closed)) == ("Italy", "IT", 1)
    assert list(model.queues) == ["calls"]
    assert model.queues["calls"].arrivals.per_week == 200
    assert model.queues["calls"].patience is not None


def test_an_error_names_the_file_in_which_the_value_stands(write, small, tmp_path):
    write("kind: centre\nname: Base\nhorizon: none\n", "base.yaml")
    data = small({"name": "x"})
    del data["kind"], data["horizon"]
    path = write({"extends": "base.yaml", **data, "interval": "7 min"})
    lines = told(path).splitlines()
    assert lines[1].endswith('interval: must divide the day, such as 15 min, 30 min or 1 h (got "7 min")')
    assert lines[2].startswith(f"  line 3   {tmp_path}/base.yaml: horizon: must be whole months")


def test_csv_names_are_relative_to_the_file_that_names_them(write, small, tmp_path):
    write(small({"queues.calls.arrivals.profile": "profile.csv"}), "base/base.yaml")
    (tmp_path / "base" / "profile.csv").write_text("time,weight\n09:00,1\n")
    path = write({"extends": "base/base.yaml"})
    loaded = load_scenario(path)
    assert loaded.model.queues["calls"].arrivals.profile is not None
    assert loaded.resolved["queues"]["calls"]["arrivals"]["profile"] == "base/profile.csv"
    (tmp_path / "mine.csv").write_text("time,weight\n10:00,1\n")
    profile = load_scenario(path, ["queues.calls.arrivals.profile=mine.csv"]).model.queues["calls"].arrivals.profile
    assert profile is not None
    assert profile.source == "mine.csv"


@pytest.mark.parametrize(
    ("extends", "message"),
    [
        ("nowhere.yaml", "line 1  extends: {folder}/nowhere.yaml: no such file"),
        ("care.yaml", "line 1  extends: the files extend each other in a circle: care.yaml -> care.yaml"),
        ("other.yaml", "line 1  {folder}/other.yaml: extends: the files extend each other in a circle: {circle}"),
        ("[a]", "line 1  extends: must be the name of a file (got a list)"),
        ("", "line 1  extends: must be the name of a file (got nothing)"),
        ("bad.yaml", "line 2  {folder}/bad.yaml: a tab; indent with spaces"),
        ("list.yaml", '{folder}/list.yaml: must be fields such as "kind: centre" (got a list)'),
    ],
)
def test_extending_what_cannot_be_read(write, tmp_path, extends, message):
    """Only this is told: what seems to be missing may stand in the file that couldn't be read."""
    write("extends: care.yaml\n", "other.yaml")
    write("a: 1\n\tb: 2\n", "bad.yaml")
    write("- 1\n", "list.yaml")
    path = write(f"extends: {extends}\nname: x\n")
    expected = message.format(folder=tmp_path, circle="care.yaml -> other.yaml -> care.yaml")
    lines = told(path).splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(expected)


# --- overrides ----------------------------------------------------------------------------------------------------


def test_overrides(write, small):
    event = {"name": "a", "from": "2027-01-05", "until": "2027-01-06", "volume": "+5 %"}
    path = write(small({"queues.calls.arrivals.events": [event]}))
    loaded = load_scenario(
        path,
        [
            "queues.calls.handle_time.mean=9 min",
            "queues.calls.arrivals.events.0.volume=+10 %",
            "queues.emails.targets={clock: elapsed}",
            "teams.advisers.heads=20",
            "queues.calls.patience=",
            "teams.advisers.serves=[calls, emails]",
            "name=a=b",
        ],
    )
    calls, emails = loaded.model.queues["calls"], loaded.model.queues["emails"]
    assert calls.handle_time == Lognormal(mean="9 min")
    assert calls.arrivals.events[0].volume == pytest.approx(1.1)
    assert calls.patience is None
    assert emails.targets.clock == "elapsed"
    assert emails.targets.response is not None
    assert loaded.model.teams["advisers"].heads == 20
    assert loaded.model.name == "a=b"
    assert loaded.resolved["teams"]["advisers"]["heads"] == 20


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("queues.calls.hold=3", "--set: queues.calls.hold: unknown field"),
        ("queue.calls=3", '--set: queue: unknown field; did you mean "queues"?'),
        ("queues.calls.handle_time.mean=-1 min", "--set: queues.calls.handle_time.mean: must be longer than 0"),
        ("start=2027-02-30", '--set: start: is not a date that exists (got "2027-02-30")'),
        ("calendar.closed.0=2027-12-24", "--set: calendar.closed: must be a list"),
        ("teams.advisers.serves.2=x", '--set: teams.advisers.serves.2: the list has no entry "2" (it has 2, counted'),
        ("heads", '--set: write path=value (got "heads")'),
        ("=3", '--set: write path=value (got "=3")'),
        ("\udcff=3", '--set: write path=value (got "\\udcff=3")'),
        ("a..b=3", '--set: write path=value (got "a..b=3")'),
        ("teams.adviser.heads=3", '--set: teams.adviser.heads: unknown team "adviser"; did you mean "advisers"?'),
        ("teams.zzz.heads=3", '--set: teams.zzz.heads: unknown team "zzz"; known are "advisers"'),
        ("teams.zzz=3", '--set: teams.zzz: unknown team "zzz"; known are "advisers"'),
        ("queues.call.patience=1 min", '--set: queues.call.patience: unknown queue "call"; did you mean "calls"?'),
        ("queues.mail=", '--set: queues.mail: unknown queue "mail"; did you mean "emails"?'),
        ("teams.advisers.serves.2=x", "it has 2, counted from 0"),
        (".".join("a" * 50) + "=1", "--set: a path of more than 40 parts"),
        ("name=[", "--set: name: the value can't be read: "),
        ("name={a: 1, a: 2}", "--set: name: the value gives a field twice"),
    ],
)
def test_wrong_overrides(write, small, override, message):
    text = told(write(small({"teams.advisers.serves": ["calls", "emails"]})), override)
    assert message in text
    assert "line" not in text


def test_a_whole_part_may_be_added_by_override_and_changed_by_the_next(write, small):
    overrides = ["teams.night={positions: 2}", "teams.night.positions=3"]
    assert load_scenario(write(small({})), overrides).model.teams["night"].positions == 3


def test_terms_of_one_queue_where_the_file_lists_names(write, small):
    path = write(small({"teams.advisers.serves": ["emails", "calls"]}))
    model = load_scenario(path, ["teams.advisers.serves.emails.reserve=3"]).model
    assert model.served_by("advisers") == ("emails", "calls")
    assert (model.reserve("advisers", "emails"), model.reserve("advisers", "calls")) == (3, 0)


def test_unknown_sites(write, small):
    path = write(small({"sites": {"france": {}}}))
    text = told(path, "sites.frnace.currency=EUR")
    assert '--set: sites.frnace.currency: unknown site "frnace"; did you mean "france"?' in text


def test_what_is_missing_is_not_mended_by_what_is_wrong(write, small):
    """A problem of the file and one of an override are told together."""
    text = told(write(small({"tick": "7 s"})), "teams.advisers.heads=none")
    assert "2 problems" in text


def test_an_empty_value_takes_an_entry_out_of_a_list(write, small):
    event = {"name": "launch", "from": "2027-01-11", "until": "2027-01-12", "volume": "+5 %"}
    path = write(small({"queues.calls.arrivals.events": [event, {**event, "name": "fair"}]}))
    events = load_scenario(path, ["queues.calls.arrivals.events.0="]).model.queues["calls"].arrivals.events
    assert [one.name for one in events] == ["fair"]


def test_a_decimal_comma_within_braces_is_told(problems_of, small):
    text = json.dumps(small({})).replace('"6 min"', "{mean: 7,5 min}").replace("1000", "1.234,5")
    told = problems_of(text)
    mend = "is empty; within braces a comma ends a field: write decimals with a point, thousands without separators"
    assert f"queues.calls.handle_time.5 min: {mend}" in told
    assert f"queues.calls.arrivals.5: {mend}" in told


def test_an_empty_time_of_day_is_no_decimal(problems_of, small):
    (told,) = problems_of(small({"queues.calls.arrivals.profile": {"09:00": 1, "10:00": None}}))
    assert told == "queues.calls.arrivals.profile.10:00: is empty; give it a value or take it out"
