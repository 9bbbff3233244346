"""Every target with its verdict, as an aligned table, and what that rests on."""

from __future__ import annotations

import math

from sim.scenario.words import listed

from ..decision import Decision, TargetDecision
from ..risk import Risk
from ..uncertainty import FEW, Share
from .grid import TextColumn, grid, one_block
from .run_headline import in_order
from .target_words import DAYS_MET, VERDICTS, on_one_line
from .words import DASH, number, percent, percent_within

_INTERVALS = ((True, True), (False, True), (False, False))
"""Whether shares of the spans, and of the days, that meet the targets have theirs: the most that there is room for."""


def targets_text(decision: Decision, width: int) -> str:
    """A row for each target, those that fail first; where there isn't room for them some shares have no intervals."""
    told = in_order(decision)
    layouts = [_columns(told, decision, of_spans, of_days) for of_spans, of_days in _INTERVALS]
    columns = next((layout for layout in layouts if one_block(layout) <= width), layouts[-1])
    return "\n".join([grid(columns, width=width), *_remarks(decision)])


def _columns(told: list[TargetDecision], decision: Decision, of_spans: bool, of_days: bool) -> list[TextColumn]:
    """Shares of the spans, and of the days, with their intervals or without."""
    spans = {one.target.over for one in told}
    span = spans.pop() if len(spans) == 1 else "period"
    verdicts = [*(one.verdict for one in told), decision.verdict]
    days = (*(one.days_met.share for one in told), decision.days.share)
    worst = TextColumn(f"worst {span}", (*map(_worst, told), ""))
    return [
        TextColumn("target", (*(on_one_line(one.target) for one in told), "all"), left=True),
        TextColumn("verdict", tuple(VERDICTS[verdict] for verdict in verdicts), left=True),
        TextColumn("figure", (*(percent_within(*one.overall) for one in told), "")),
        *([worst] if any(len(one.spans) > 1 for one in told) else []),
        TextColumn(f"{span}s met", (*(_share(one.met.share, of_spans) for one in told), "")),
        TextColumn("days met", tuple(_share(share, of_days) for share in days)),
    ]


def _worst(one: TargetDecision) -> str:
    """``77.7 % in 2027-W18``."""
    return DASH if one.worst is None else f"{percent(one.worst.value)} in {one.worst.label.replace('T', ' ')}"


def _share(share: Share, interval: bool) -> str:
    """``96.8 % (95.2–98.4)``: a share with its interval, starred if it is one of few."""
    if math.isnan(share.value):
        return DASH
    bounds = f" ({share.low * 100:.1f}–{share.high * 100:.1f})" if interval and not math.isnan(share.low) else ""
    return f"{percent(share.value)}{bounds}{'*' if share.few else ''}"


def _remarks(decision: Decision) -> list[str]:
    """What the shares rest on."""
    shares = [decision.days.share, *(s for one in decision.targets for s in (one.met.share, one.days_met.share))]
    remarks = [DAYS_MET, f"Chance that every {_chances(decision)}."]
    if any(share.few for share in shares):
        remarks.append(f"* judged on fewer than {FEW} of them")
    thin = _thin_days(decision)
    if thin:
        remarks.append(f"Simulated days with fewer than {FEW} contacts: {listed(thin, 'and')}.")
    return remarks


def _chances(decision: Decision) -> str:
    """Of every month, if there are several, and of every day."""
    if decision.months == 1:
        return f"day meets all targets: {_share(decision.chance, True)}"
    return f"month meets all targets: {_share(decision.every_month, True)}; every day: {_share(decision.chance, True)}"


def _thin_days(decision: Decision) -> list[str]:
    """Of each queue that had any: ``97 of 280 in third``; by the target that is judged on the fewest contacts."""
    thinnest: dict[str, Risk] = {}
    for one in decision.targets:
        other = thinnest.setdefault(one.target.queue, one.days_met)
        if one.days_met.thin > other.thin:
            thinnest[one.target.queue] = one.days_met
    return [f"{number(of.thin)} of {number(of.share.judged)} in {queue}" for queue, of in thinnest.items() if of.thin]
