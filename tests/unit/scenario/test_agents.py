"""Files of a team's agents."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from analysis.output.briefing import briefing
from sim.errors import ScenarioError
from sim.scenario.load import load_scenario

H = 3_600_000


@pytest.fixture
def load_with(write, small, tmp_path, removed):
    """Load the small scenario with a file of agents in place of its heads."""

    def load(text, name="team.csv", **changes):
        if text is not None:
            (tmp_path / "team.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_scenario(write(small({"teams.advisers.heads": removed, "teams.advisers.agents": name, **changes})))

    return load


@pytest.fixture
def team_with(load_with):
    """The team that such a scenario has."""
    return lambda text, **changes: load_with(text, **changes).model.teams["advisers"]


@pytest.fixture
def told_of(load_with):
    """What is said of a file with mistakes, without the names of files."""

    def told(text, **changes):
        with pytest.raises(ScenarioError) as raised:
            load_with(text, **changes)
        return [(problem.line, problem.field, problem.message) for problem in raised.value.problems]

    return told


@pytest.mark.parametrize(
    "text",
    [
        "name,hire_date\nAda,2019-04-03\nBob,2021-02-15\nCy,2027-02-01\n",
        "\ufeffName;Hire date\r\nAda;03/04/2019\r\nBob;15/02/2021\r\n;\r\nCy;01/02/2027\r\n",
        "id\tHire-Date\n1\t03.04.2019\n2\t15.02.2021\n3\t2027-02-01\n",
        'hire_date,comment\n"2021-02-15","second"\n2019-04-03,first\n2027-02-01 00:00,to come\n',
    ],
)
def test_files_as_planners_have_them(team_with, text):
    team = team_with(text)
    assert [agent.hired for agent in team.agents.today] == [date(2019, 4, 3), date(2021, 2, 15)]
    assert [agent.hired for agent in team.agents.to_come] == [date(2027, 2, 1)]
    assert (team.heads, team.contract, team.has_workforce) == (2, 35 * H, True)


def test_a_sheet_of_a_workbook(team_with, tmp_path):
    book = Workbook()
    book.active.append(["Plan of 2027"])
    page = book.create_sheet("Team")
    page.append(["Name", "Hire date", "Contract hours", "End date", "Skills"])
    page.append(["Ada", datetime(2019, 4, 3), 28, None, "agenda; billing"])
    page.append(["Bob", "15/02/2021", "28,5", datetime(2027, 1, 20), "-"])
    page.append([])
    page.append(["Cy", date(2027, 1, 4), None, None, None])
    book.save(tmp_path / "book.xlsx")
    matters = {"queues.calls.matters": {"agenda": 0.5, "billing": 0.5}}
    handed = {"queues.calls.transfer": {"after": "1 min", "to": {"agenda": "desk", "billing": "desk"}}}
    desk = {
        "queues.desk": {"channel": "call", "arrivals": {"per_week": 1}, "handle_time": "1 min"},
        "teams.desk": {"serves": ["desk"], "positions": 1},
        "teams.advisers.serves": ["calls", "emails"],
    }
    team = team_with(None, name="book.xlsx!Team", **matters, **handed, **desk)
    ada, bob, cy = team.agents.today
    assert (ada.contract_ms, ada.skills, ada.last_day) == (28 * H, ("agenda", "billing"), None)
    assert (bob.contract_ms, bob.skills, bob.last_day) == (28.5 * H, (), date(2027, 1, 20))
    assert (cy.hired, cy.contract_ms, cy.skills, cy.line) == (date(2027, 1, 4), None, None, 5)
    assert team.contract == pytest.approx((28 + 28.5 + 35) / 3 * H)
    assert team.lacking("agenda") == pytest.approx(1 / 3)


def test_of_a_file_for_several_teams_each_takes_its_rows(load_with):
    text = "hire_date,team\n2020-01-01,Advisers\n2021-01-01,desk\n2022-01-01,desk\n"
    loaded = load_with(text, **{"teams.desk": {"agents": "team.csv"}})
    assert {name: team.heads for name, team in loaded.model.teams.items()} == {"advisers": 1, "desk": 2}
    assert loaded.resolved["teams"]["desk"] == {"agents": "team.csv"}
    assert [path.name for path in loaded.files].count("team.csv") == 1


def test_who_has_gone_before_is_left_out(team_with):
    team = team_with("hire_date,end_date\n2020-01-01,2027-01-03\n2020-01-01,2027-01-04\n")
    assert (team.heads, team.agents.gone) == (1, 1)


def test_nobody_is_named(load_with, told_of):
    text = "name,id,hire_date\nAda Lovelace,E17,2019-04-03\n"
    loaded = load_with(text)
    said = f"{loaded.model!r} {loaded.resolved} {loaded.assumptions} {briefing(loaded)}"
    assert "Ada" not in said
    assert "E17" not in said
    wrong = told_of(text + "Ada Lovelace,E17,2020-01-01\nBob,E18,soon\n")
    assert not any("Ada" in message or "E17" in message or "Bob" in message for _, _, message in wrong)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\nAda\n", (1, "", 'has no column "hire_date"; it has "name"')),
        ("hire_date\n", (None, "teams.advisers.agents", "has no rows")),
        ("hire_date\n03/04/2019\n05/06/2020\n", (2, "hire_date", "may be day/month or month/day, and no other date")),
        ("hire_date\n13/04/2019\n05/26/2020\n", (2, "hire_date", "may be day/month or month/day, and no other date")),
        ("hire_date\n03/04/2019\n05/26/2020\n", (2, "hire_date", "seems to be month/day/year; write day/month/year")),
        ("hire_date\n31.02.2019\n", (2, "hire_date", "is not a date that exists")),
        ("hire_date\n01.02.19\n", (2, "hire_date", "must be a date written 2027-01-31 or 31/01/2027")),
        ("hire_date\n0019-02-01\n", (2, "hire_date", "must lie between the years 1930 and 2200")),
        ("hire_date,end_date\n2020-02-01,2020-01-31\n", (2, "end_date", "is before the hire date")),
        ("hire_date,contract_hours\n2020-02-01,0\n", (2, "contract_hours", "must be more than 0 and at most 168")),
        ("hire_date,contract_hours\n2020-02-01,full\n", (2, "contract_hours", "must be hours a week, such as 35")),
        ("hire_date,skills\n2020-02-01,a b\n", (2, "skills", "a name is made of letters, digits, _ and -")),
        ("hire_date,team\n2020-02-01,\n", (2, "team", "is empty; name the team of each")),
        ("hire_date,team\n2020-02-01,north\n", (None, "teams.advisers.agents", 'has no row of the team "advisers"')),
        ("id,hire_date\n7,2020-02-01\n7,2020-02-01\n", (3, "id", "is the same as in row 2; list everybody once")),
        ("hire_date\n2035-02-01\n", (None, "teams.advisers.agents", "nobody is there on 2027-01-04, and nobody comes")),
    ],
)
def test_a_mistake_is_told_with_its_mend(told_of, text, problem):
    line, field, message = problem
    found = told_of(text)
    assert any(
        (where == line or line is None) and named == field and message in said for where, named, said in found
    ), found


def test_all_mistakes_at_once(told_of):
    text = "id,hire_date,contract_hours\n1,soon,35\n2,2020-01-01,many\n1,2020-01-01,35\n"
    assert [(line, field) for line, field, _ in told_of(text)] == [(2, "hire_date"), (3, "contract_hours"), (4, "id")]


def test_a_row_of_no_team_has_its_other_mistakes_told_too(told_of):
    text = "id,hire_date,team\n1,soon,\n2,2020-01-01,advisers\n"
    assert [(line, field) for line, field, _ in told_of(text)] == [(2, "hire_date"), (2, "team")]


def test_what_the_team_doesn_t_say_beside_it(told_of):
    text = "hire_date\n2020-01-01\n"
    for field in ("heads", "positions"):
        ((_, where, message),) = told_of(text, **{f"teams.advisers.{field}": 5})
        assert (where, message) == (f"teams.advisers.{field}", "comes from the file of agents; drop it, or agents")
    ((_, where, message),) = told_of(text, **{"teams.advisers.tenure": "steady"})
    assert (where, message) == ("teams.advisers.tenure", "is known from the file of agents; drop it")


def test_skills_are_matters(told_of):
    found = told_of("hire_date,skills\n2020-01-01,agnda\n", **{"queues.calls.matters": {"agenda": 1}})
    _, where, message = found[-1]
    assert where == "teams.advisers.agents"
    assert message.startswith('team.csv, row 2: unknown matter "agnda"; did you mean "agenda"?')
    everybody = "hire_date,skills\n" + "2020-01-01,agnda\n" * 400
    found = told_of(everybody, **{"queues.calls.matters": {"agenda": 1}})
    assert len(found) == 2
    assert found[-1][2].startswith('team.csv, row 2 and 399 more: unknown matter "agnda"; did you mean')


def test_a_file_that_isn_t_there(told_of):
    ((_, where, message),) = told_of(None)
    assert (where, message[-12:]) == ("teams.advisers.agents", "no such file")


def test_heads_of_nobody_need_somebody_to_come(small, write):
    with pytest.raises(ScenarioError, match=r"may be 0 only where hiring\.classes has somebody come"):
        load_scenario(write(small({"teams.advisers.heads": 0})))
    to_come = {"heads": 0, "hiring": {"classes": [{"on": "2027-01-11", "heads": 12}]}}
    assert load_scenario(write(small({"teams.advisers": to_come}))).model.teams["advisers"].heads == 0


def test_rows_that_count_nowhere_are_doubted(load_with):
    text = "hire_date,team\n2020-01-01,advisers\n2028-01-01,advisers\n2020-01-01,adviser\n"
    assert [warning.message for warning in load_with(text).warnings] == [
        'team.csv: rows of the team "adviser" count nowhere, as the scenario has no such team; '
        'did you mean "advisers"?',
        "team.csv: 1 person is hired after the horizon, and left out",
    ]
