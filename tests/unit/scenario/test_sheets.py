"""Rows of CSV files and of sheets of workbooks."""

from datetime import date, datetime, time
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from sim.errors import ScenarioError
from sim.scenario.load import load_scenario
from sim.scenario.sheets import Fault, Row, as_text, read_rows, split_name
from sim.scenario.textfile import UnreadableFileError


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook of sheets by name, each a list of rows; gives its path."""

    def write(name="book.xlsx", **sheets):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        path = tmp_path / name
        book.save(path)
        return str(path)

    return write


def test_rows_of_a_csv_and_of_a_workbook_are_alike(workbook, tmp_path):
    (tmp_path / "table.csv").write_text("Name;When;Hours\nAda;2027-01-04 08:00;35\n;;\nBea;2027-02-01 00:00;28.5\n")
    rows = [["Name", "When", "Hours"], ["Ada", datetime(2027, 1, 4, 8), 35], [], ["Bea", date(2027, 2, 1), 28.5]]
    of_csv, of_book = read_rows(str(tmp_path / "table.csv")), read_rows(workbook(Sheet=rows))
    assert of_csv.header == of_book.header == ("name", "when", "hours")
    assert (of_csv.decimal_comma, of_book.decimal_comma) == (True, False)
    typed = list(of_book.rows)
    assert typed[0] == Row(2, {"name": "Ada", "when": datetime(2027, 1, 4, 8), "hours": 35})
    assert typed[1].line == 4
    as_texts = [(row.line, {name: as_text(cell) for name, cell in row.cells.items()}) for row in typed]
    assert as_texts == [(row.line, row.cells) for row in of_csv.rows]


def test_the_first_sheet_or_the_one_named(workbook):
    path = workbook(First=[["a"], [1]], **{"Team Paris": [["b"], [2]]})
    assert [row.cells for row in read_rows(path).rows] == [{"a": 1}]
    assert [row.cells for row in read_rows(f"{path}!Team Paris").rows] == [{"b": 2}]
    with pytest.raises(
        UnreadableFileError, match=r'has no sheet "Team Pari"; it has "First" and "Team Paris"; did you'
    ):
        read_rows(f"{path}!Team Pari")


def test_names_of_sheets():
    assert split_name("dir/Team.XLSX!A!B") == ("dir/Team.XLSX", "A!B")
    assert split_name("team.xlsx") == ("team.xlsx", None)
    assert split_name("a!b.csv") == ("a!b.csv", None)


def test_cells_as_text():
    told = [as_text(cell) for cell in ("x", 3, 3.0, 7.25, datetime(2027, 1, 4), datetime(2027, 1, 4, 8, 30, 5))]
    assert told == ["x", "3", "3", "7.25", "2027-01-04 00:00", "2027-01-04 08:30:05"]


def test_clocks_flags_and_the_noise_of_a_spreadsheets_moments(workbook):
    rows = [["t", "f", "m"], [time(8, 30), True, datetime(2027, 1, 4, 8, 29, 59, 999_000)]]
    assert [row.cells for row in read_rows(workbook(S=rows)).rows] == [
        {"t": "08:30", "f": "true", "m": datetime(2027, 1, 4, 8, 30)}
    ]


def test_the_header_is_the_first_row_with_anything(workbook):
    sheet = read_rows(workbook(S=[[], [None, "a", "b", None], [None, 1, 2], ["x", None, None, "y"]]))
    assert (sheet.header, sheet.header_line) == (("", "a", "b"), 2)
    row, fault = sheet.rows
    assert row == Row(3, {"a": 1, "b": 2})
    assert fault == Fault("has more cells than the 3 columns that the first line names", 4)


def test_a_header_alone_has_no_rows(workbook):
    assert list(read_rows(workbook(S=[["a", "b"]])).rows) == [Fault("has no rows", None)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.xlsx", None, "no such file"),
        ("text.xlsx", b"a,b\n1,2\n", "is not a sound XLSX workbook"),
        ("empty.xlsx", b"", "is not a sound XLSX workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0", r"can't be read \(.xls\); save it as XLSX or CSV"),
    ],
)
def test_what_is_no_workbook(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFileError, match=message):
        read_rows(str(tmp_path / name))


def test_a_zip_that_is_no_workbook(tmp_path):
    with ZipFile(tmp_path / "other.xlsx", "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(UnreadableFileError, match="is not a sound XLSX workbook"):
        read_rows(str(tmp_path / "other.xlsx"))


def test_a_broken_workbook_is_refused_whole(workbook, tmp_path):
    whole = (tmp_path / "book.xlsx") if workbook(S=[["a"], *[[n] for n in range(5000)]]) else None
    data = whole.read_bytes()
    for keep in range(0, len(data), max(len(data) // 40, 1)):
        whole.write_bytes(data[:keep])
        with pytest.raises(UnreadableFileError):
            read_rows(str(whole))


def test_an_empty_workbook_or_sheet(workbook):
    path = workbook(First=[], Second=[["a"], [1]])
    with pytest.raises(UnreadableFileError, match="is empty"):
        read_rows(path)
    with pytest.raises(UnreadableFileError, match='has nothing on the sheet "First"'):
        read_rows(f"{path}!First")


def test_every_table_of_a_scenario_may_be_a_sheet(workbook, write, small):
    workbook("tables.xlsx", Profile=[["time", "weight"], [time(8), 3], [time(12), 4.5]], Durations=[["seconds"], [90]])
    data = small(
        {
            "queues.calls.arrivals.profile": "tables.xlsx!Profile",
            "queues.calls.handle_time": {"distribution": "empirical", "file": "tables.xlsx!Durations"},
        }
    )
    loaded = load_scenario(write(data))
    queue = loaded.model.queues["calls"]
    assert queue.arrivals.profile.weekdays[0] == ((8 * 3_600_000, 3.0), (12 * 3_600_000, 4.5))
    assert queue.handle_time.durations_ms == (90_000,)
    assert [path.name for path in loaded.files] == [loaded.source.name, "tables.xlsx"]


def test_problems_of_a_sheet_name_its_rows(workbook, write, small):
    workbook("tables.xlsx", Profile=[["time", "weight"], [time(8), "many"], [time(12), 4.5]])
    with pytest.raises(ScenarioError, match=r"row 2 +\S*tables.xlsx!Profile: weight: must be a number"):
        load_scenario(write(small({"queues.calls.arrivals.profile": "tables.xlsx!Profile"})))
