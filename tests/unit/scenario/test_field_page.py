"""The page of fields is made from the schema, and is the one in docs."""

from pathlib import Path

from sim.scenario.field_page import field_page

PAGE = Path(__file__).parents[3] / "docs" / "scenario.md"


def test_the_page_in_docs_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == field_page()


def test_every_field_of_a_queue_is_on_it():
    page = field_page()
    for field in ("handle_time_is", "counted_at_answer_rate", "late_to_call", "re_explain", "shrinkage", "balking"):
        assert f"| `{field}` |" in page


def test_a_share_by_date_shows_how_it_is_written():
    assert "| `share` | `15 %` or a number or `[{from: 2027-03-01, share: 10 %}]` |" in field_page()


def test_every_field_says_how_it_is_written():
    rows = [line for line in field_page().splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    assert [row for row in rows if "|  |" in row] == []
    assert "| `serves` | `[calls, emails]` or [Terms](#terms) by name |" in field_page()
