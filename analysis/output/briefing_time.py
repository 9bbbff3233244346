"""What ``check`` tells of a team's paid time: who is away, who is there, and what is left for the phones."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.paid_time import SicknessWaves
from sim.scenario.team import Team
from sim.scenario.words import listed

from .briefing_queue import Line
from .briefing_workforce import days_in_words
from .words import exact_percent, number, percent


def time_lines(team: Team) -> Iterator[Line]:
    """Nothing where the file tells nothing of what the paid time is spent on."""
    if team.heads is None:
        return
    if team.whole_day_reasons:
        yield "time", _absence(team)
    if team.sickness_waves is not None:
        yield "waves", _waves(team.sickness_waves)


def _absence(team: Team) -> str:
    """``30 of 226 are away on an average day (paid_leave, sickness); of the 196 there 8.1 % of the time is …``."""
    assert team.heads is not None
    away, off = (sum(shares) / 12 for shares in (team.monthly_absence, team.monthly_shrinkage))
    told = (
        f"of {number(team.heads)} heads {number(team.heads * away, 1)} are away on an average day "
        f"({listed(team.whole_day_reasons, 'and')}), {number(team.heads * (1 - away), 1)} are there"
    )
    inside = [name for name in team.shrinkage_by_reason if name not in team.whole_day_reasons]
    if not inside:
        return told
    gone = (off - away) / (1 - away)
    on_the_phones = number(team.heads * (1 - off), 1)
    return f"{told}, {percent(gone)} of their time off the phones ({listed(inside, 'and')}): as many as {on_the_phones}"


def _waves(waves: SicknessWaves) -> str:
    fading = f"of an excess half is left after {days_in_words(waves.lasting)}" if waves.lasting else "each by itself"
    return f"weeks of {waves.reason} vary by {exact_percent(waves.cv)} around its mean, {fading}; a site's teams alike"
