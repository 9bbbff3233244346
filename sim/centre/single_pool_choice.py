"""Which centres the single-pool recursion can simulate."""

from __future__ import annotations

import numpy as np

from .contract import LEAST_OCCUPIED, NO_LIMIT_MS, NOBODY, NOT_PUT_DOWN, UNLIMITED, EngineInput

MOST_AGENTS = 1 << 23
"""An agent's key holds a moment below 2**39, the kind and the agent in 63 bits."""

_LOWEST_RANK = np.iinfo(np.int64).max


def obstacle(engine: EngineInput) -> str | None:
    """Why the general kernel has to simulate the centre, in words; None if the recursion can.

    It can where a call's fate is known the moment it is offered: whoever is free first takes it, nothing changes it
    later, and emails have to wait behind it.
    """
    queues, routing, staff = engine.queues, engine.routing, engine.staff
    rank, reserve = routing.rank[0], routing.reserve[0]
    calls = np.flatnonzero(queues.is_email == 0)
    emails = np.flatnonzero(queues.is_email)
    obstacles = {
        "agents with shifts and breaks of their own": staff.rosters.team.any(),
        # Somebody else than the first to be free may take it, or not at once.
        "several teams": routing.rank.shape[0] > 1,
        "a queue that nobody serves": np.any(rank < 0),
        "hours in which the team doesn't take a queue's contacts": routing.fences.at_ms.size > 0,
        "a wait before the team may take a contact": np.any(routing.overflow_ms > 0),
        "agents kept idle while calls wait": np.any(reserve[calls] > 0),
        "the least occupied agent takes the next contact": routing.agents == LEAST_OCCUPIED,
        # Somebody else may come first.
        "contacts taken by score": routing.by_score,
        "calls that go before other calls": np.unique(rank[calls]).size > 1,
        "emails that don't wait for calls": np.max(rank[calls], initial=-1)
        >= np.min(rank[emails], initial=_LOWEST_RANK),
        # Its service may change.
        "chats": np.any(queues.is_chat),
        "emails put down for calls": np.any(routing.put_down != NOT_PUT_DOWN),
        "transfers": not engine.stages.solves.all(),
        "agents of different experience": engine.stages.handle_factor.shape[0] > 1,
        # Waiting isn't just waiting.
        "callbacks": np.any(engine.callbacks.line != NOBODY),
        "announced waits": np.any(engine.announcements.above_ms < NO_LIMIT_MS),
        "emails sent away at closing time": np.any(queues.send_away_at_close[emails]),
        "call queues that close at different times, or differently": not _close_alike(engine, calls),
        # The rest is rare, and not worth its code.
        "emails that find the trunks taken": np.any(queues.trunks[emails] != UNLIMITED),
        "calls waiting at the first moment": np.any(queues.backlog[calls] > 0),
        "contacts deflected": np.any(engine.deflection.share > 0),
        "more agents than keys have room for": staff.agent_team.size > MOST_AGENTS,
    }
    return next((name for name, stands in obstacles.items() if stands), None)


def _close_alike(engine: EngineInput, calls: np.ndarray) -> bool:
    """Whether queues have the same hours and treat those waiting at closing time alike.

    An agent who is to leave stays if any waiting caller's queue has closed; the recursion looks at the next caller's.
    """
    opening, send_away = engine.opening, engine.queues.send_away_at_close

    def hours(queue: int) -> tuple[bytes, bytes, int]:
        rows = slice(opening.offset[queue], opening.offset[queue + 1])
        return opening.start_ms[rows].tobytes(), opening.end_ms[rows].tobytes(), int(send_away[queue])

    return len({hours(queue) for queue in calls}) <= 1
