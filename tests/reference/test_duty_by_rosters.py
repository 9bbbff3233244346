"""When agents with rosters are there follows from the rosters and from when they are busy: reckoned one by one."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from hypothesis import given

from sim.centre.contract import BREAK, SHIFT_END, SHIFT_START, CompiledCentre
from sim.centre.fast import FastEngine
from sim.centre.results import BUSY, ON_DUTY, TEAM_COLUMNS, Replication
from tests.support.random_centres import centres

from .test_engines_agree import seeds

Spell = tuple[int, int]


class _Agent:
    """Goes through the roster, knowing when the agent will be busy; nothing of who waits, or of other agents."""

    def __init__(self, busy: list[Spell]) -> None:
        self.busy = busy
        self.begun = [start for start, _ in busy]
        self.there: list[Spell] = []
        self.here_since: int | None = None
        self.on_shift = False
        self.breaks_ms: list[int] = []
        self.back: int | None = None
        self.goes_at: int | None = None

    def free_at(self, now: int) -> int | None:
        """When the contacts in hand now are done; None of somebody idle."""
        row = bisect_right(self.begun, now) - 1
        return self.busy[row][1] if row >= 0 and self.busy[row][1] > now else None

    def until(self, now: int, what: int) -> None:
        """What happens before the roster's change of now; what an agent has finished now is before ends and breaks."""
        if self.goes_at is not None:
            while not self.on_shift and self.goes_at in self.begun:  # stays for one more
                self.goes_at = self.busy[self.begun.index(self.goes_at)][1]
            if self.goes_at < now or (self.goes_at == now and what != SHIFT_START):
                at, self.goes_at = self.goes_at, None
                self.go(at)
        while self.back is not None and self.back < now:
            at, self.back = self.back, None
            if self.breaks_ms:
                self.back = at + self.breaks_ms.pop(0)
            else:
                self.here_since = at

    def go(self, now: int) -> None:
        """Home, or on a break."""
        assert self.here_since is not None
        self.there.append((self.here_since, now))
        self.here_since = None
        if self.on_shift:
            self.back = now + self.breaks_ms.pop(0)

    def change(self, now: int, what: int, length_ms: int) -> None:
        """One row of the roster."""
        self.until(now, what)
        if what == SHIFT_START:
            self.on_shift, self.goes_at = True, None
            self.here_since = now if self.here_since is None else self.here_since
            return
        if what == BREAK:
            self.breaks_ms.append(length_ms)
        if what == SHIFT_END:
            self.on_shift, self.back, self.breaks_ms = False, None, []
        if self.here_since is not None and self.goes_at is None:
            self.goes_at = self.free_at(now)
            if self.goes_at is None:
                self.go(now)

    def presence(self, rows: list[tuple[int, int, int]], end: int) -> list[Spell]:
        """Spells on duty, cut at ``end``."""
        for at, what, length_ms in rows:
            self.change(at, what, length_ms)
        self.until(end, BREAK)
        if self.here_since is not None:
            self.there.append((self.here_since, end))
        return [(start, min(until, end)) for start, until in self.there if start < end]


def _spells(replication: Replication, kind: int, agent: int) -> list[Spell]:
    assert replication.spells is not None
    of = replication.spells[(replication.spells["kind"] == kind) & (replication.spells["number"] == agent)]
    return list(zip(of["from_ms"].tolist(), of["to_ms"].tolist(), strict=True))


@given(centres(rostered=True), seeds)
def test_agents_are_there_as_their_rosters_and_their_work_say(compiled: CompiledCentre, seed: int) -> None:
    counts = np.random.default_rng(seed).poisson(compiled.volume.expected)
    found = FastEngine(compiled).run(seed, 3, counts, log=True, spells=True)
    staff, clock = compiled.engine.staff, compiled.engine.clock
    rosters, end = staff.rosters, clock.horizon_end_ms
    columns = rosters.at_ms, rosters.what, rosters.length_ms
    on_duty_ms = np.zeros(len(compiled.team_names), np.int64)
    for agent, team in enumerate(staff.agent_team):
        own = rosters.agent == agent
        rows = [row for row in zip(*(column[own].tolist() for column in columns), strict=True) if row[0] < end]
        there = _Agent(_spells(found, BUSY, agent)).presence(rows, end)
        assert _spells(found, ON_DUTY, agent) == there
        on_duty_ms[team] += sum(max(until - max(start, clock.horizon_start_ms), 0) for start, until in there)
    of_teams = found.counts.teams.sum(axis=1)
    told = of_teams[:, TEAM_COLUMNS.index("scheduled_ms")] + of_teams[:, TEAM_COLUMNS.index("overrun_ms")]
    np.testing.assert_array_equal(told, on_duty_ms)
