"""The result of a run as people read it: the decision first, then the tables, then what they mean."""

from __future__ import annotations

import math

from ..decision import Decision, decide
from ..simulation import RunResult
from ..tables import By, Rows, main_figures, span_table, usual_rows
from ..uncertainty import FEW, Share
from .definitions import closing
from .doubts import beware, doubts_of
from .figure_text import totals_text
from .grid import WIDTH, TextColumn, grid
from .queue_text import queues_text
from .run_headline import run_headline
from .site_text import sites_text
from .span_text import span_text
from .target_words import VERDICTS, on_one_line
from .team_text import teams_text
from .words import DASH, counted, day, number, percent, percent_within

_USUAL_ROWS: tuple[By, ...] = ("day", "week", "month")
_MOST_LINES = 100
"""Of a table by span that nobody asked for."""


def run_text(result: RunResult, rows: Rows | None = None, width: int = WIDTH) -> str:
    """The whole answer of ``staffsim run``; ``rows`` None are the usual ones."""
    decision = decide(result.statistics)
    sentence = run_headline(result, decision)
    if decision.targets and decision.verdict != "holds":  # then every clause is a decision of its own
        sentence = sentence.replace("; ", ";\n")
    parts = [sentence, _setting(result, width)]
    if decision.targets:
        parts.append(_targets(decision, width))
    if rows == "total":
        parts.append(totals_text(result.figures, result.loaded.model, width))
    else:
        if len(result.sites) > 1:
            parts.append(sites_text(result, width))
        parts += [queues_text(result, width), _by_span(result, rows, width)]
    return "\n\n".join([*parts, _closing(result)])


def _setting(result: RunResult, width: int) -> str:
    """What was simulated, and the staff."""
    scenario = result.loaded.model
    days = counted(result.statistics.centre.horizon_days, "day")
    return f"{scenario.name}: {days} from {day(scenario.start)}\n{teams_text(result, width)}"


def _by_span(result: RunResult, by: By | None, width: int) -> str:
    """A row for each span of ``by``; if None, the finest of days, weeks and months that can be taken in."""
    usual = _USUAL_ROWS[_USUAL_ROWS.index(usual_rows(result.statistics)) :] if by is None else (by,)
    text = ""
    for spans in usual:
        table = main_figures(span_table(result.statistics, spans, result.sites), result.statistics)
        text = span_text(table, result.loaded.model, width)
        if text.count("\n") < _MOST_LINES:
            break
    return text if spans == usual[0] else f"{text}\nA row for every {usual[0]}: --by {usual[0]}."


def _targets(decision: Decision, width: int) -> str:
    promised_over = {one.target.over for one in decision.targets}
    periods = f"{promised_over.pop()}s met" if len(promised_over) == 1 else "periods met"
    verdicts = [*(one.verdict for one in decision.targets), decision.verdict]
    shares = [(_share(one.met.share), _share(one.days_met.share)) for one in decision.targets]
    shares.append(("", _share(decision.days.share)))
    columns = [
        TextColumn("target", (*(on_one_line(one.target) for one in decision.targets), "all"), left=True),
        TextColumn("verdict", tuple(VERDICTS[verdict] for verdict in verdicts), left=True),
        TextColumn("figure", (*(percent_within(*one.overall) for one in decision.targets), "")),
        TextColumn(periods, tuple(of_periods for of_periods, _ in shares)),
        TextColumn("days met", tuple(of_days for _, of_days in shares)),
    ]
    return "\n".join([grid(columns, width=width), *_remarks(decision)])


def _share(share: Share) -> str:
    """``96.8 % (95.2–98.4)``: a share with its interval, starred if it is one of few."""
    if math.isnan(share.value):
        return DASH
    bounds = "" if math.isnan(share.low) else f" ({share.low * 100:.1f}–{share.high * 100:.1f})"
    return f"{percent(share.value)}{bounds}{'*' if share.few else ''}"


def _remarks(decision: Decision) -> list[str]:
    """What the shares rest on."""
    shares = [decision.days.share, *(s for one in decision.targets for s in (one.met.share, one.days_met.share))]
    remarks = [f"Chance that every day meets all targets: {_share(decision.chance)}."]
    if any(share.few for share in shares):
        remarks.append(f"* judged on fewer than {FEW} of them")
    if decision.days.thin:
        of = number(decision.days.share.judged)
        remarks.append(f"{number(decision.days.thin)} of {of} simulated days had fewer than {FEW} contacts.")
    return remarks


def _closing(result: RunResult) -> str:
    replications = counted(result.statistics.replications, "replication")
    remarks = []
    if not result.precise:
        remarks.append(f"{replications} are the most that are run; the figures are less precise than was asked.")
    remarks += beware(result.loaded, doubts_of(result.loaded))
    return closing(result.loaded.model, result.seed, replications, result.engine, remarks)
