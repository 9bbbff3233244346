"""The result of a run as people read it: the decision first, then the tables, then what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from ..decision import decide
from ..simulation import RunResult
from ..tables import By, Rows, main_figures, span_table, usual_rows
from .definitions import closing
from .doubts import beware, doubts_of
from .figure_text import totals_text
from .grid import WIDTH
from .people_text import people_text
from .queue_text import queues_text
from .remarks import run_remarks
from .run_headline import run_headline
from .site_text import sites_text
from .span_text import span_text
from .targets_text import targets_text
from .team_text import teams_text
from .unjudged import unjudged_losses
from .walk_text import walk_text
from .words import counted, day

_USUAL_ROWS: tuple[By, ...] = ("day", "week", "month")
_MOST_DAYS_BY_SITE = 14
"""With several sites each has tables of its own: of more days than that they would be many."""
_MOST_LINES = 100
"""Of a table by span that nobody asked for."""


def run_text(result: RunResult, rows: Rows | None = None, width: int = WIDTH, *, walk: bool = False) -> str:
    """The whole answer of ``staffsim run``; ``rows`` None are the usual ones; with the FTE walk if asked for."""
    decision = decide(result.statistics)
    sentence = run_headline(result, decision)
    if decision.targets and decision.verdict != "holds":  # then every clause is a decision of its own
        sentence = sentence.replace("; ", ";\n")
    parts = ["\n".join([sentence, *unjudged_losses(result.loaded.model, result.figures, result.targets)])]
    if decision.targets:
        parts.append(targets_text(decision, width))
    parts.append(_setting(result, width))
    if rows == "total":
        parts.append(totals_text(result.figures, result.loaded.model, width))
    else:
        if people := people_text(result, width):
            parts.append(people)
        if len(result.sites) > 1:
            parts.append(sites_text(result, width))
        parts += [queues_text(result, width), _by_span(result, rows, width)]
    if walk:
        parts.append(walk_text(result.walk, width))
    return "\n\n".join([*parts, _closing(result)])


def _setting(result: RunResult, width: int) -> str:
    """What was simulated, and the staff."""
    scenario = result.loaded.model
    days = counted(result.statistics.centre.horizon_days, "day")
    return f"{scenario.name}: {days} from {day(scenario.start)}\n{teams_text(result, width)}"


def _by_span(result: RunResult, by: By | None, width: int) -> str:
    """A row for each span of ``by``; if None, the finest of days, weeks and months that can be taken in."""
    finest = usual_rows(result.statistics) if by is None else by
    text, spans = "", finest
    for spans in _readable(result, finest) if by is None else (by,):
        table = main_figures(span_table(result.statistics, spans, result.sites), result.statistics)
        text = span_text(table, result.loaded.model, width)
        if text.count("\n") < _MOST_LINES:
            break
    return text if spans == finest else f"{text}\nA row for every {finest}: --by {finest}."


def _readable(result: RunResult, finest: By) -> Sequence[By]:
    """From the finest rows on, or from weeks on where days of every site would be too many."""
    many = len(result.sites) > 1 and result.statistics.centre.horizon_days > _MOST_DAYS_BY_SITE
    return _USUAL_ROWS[_USUAL_ROWS.index("week" if finest == "day" and many else finest) :]


def _closing(result: RunResult) -> str:
    replications = counted(result.statistics.replications, "replication")
    remarks = run_remarks(result.loaded.model)
    if not result.precise:
        remarks.append(f"{replications} are the most that are run; the figures are less precise than was asked.")
    remarks += beware(result.loaded, doubts_of(result.loaded))
    return closing(result.loaded.model, result.seed, replications, result.engine, remarks)
