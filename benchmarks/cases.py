"""The centres that are measured: scenarios of one team, 90 % occupied, with a half-hour curve."""

from __future__ import annotations

from typing import Any

from sim.scenario.centre import CentreScenario

HANDLE_MIN = 10
OCCUPANCY = 0.9
_CURVE = (6, 8, 10, 11, 12, 11, 10, 9, 9, 11, 12, 11, 10, 10, 9, 9, 10, 11, 11, 10, 9, 8, 7, 6)


def _curve() -> dict[str, int]:
    """Weights of the half hours from 08:00 to 20:00."""
    return {f"{8 + i // 2:02d}:{30 * (i % 2):02d}": weight for i, weight in enumerate(_CURVE)}


def _positions(agents: int) -> dict[str, dict[str, int]]:
    """Positions in the shape of the curve, ``agents`` in the mean."""
    mean = sum(_CURVE) / len(_CURVE)
    shaped = {time: max(1, round(agents * weight / mean)) for time, weight in _curve().items()}
    return {"every day": shaped | {"20:00": 0}}


def _centre(queues: dict[str, Any], agents: int, days: int) -> CentreScenario:
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": f"{agents} agents, {days} days",
            "start": "2027-01-04",
            "horizon": f"{days} days",
            "warm_up": "none",
            "calendar": {"open": {"every day": "08:00-20:00"}},
            "queues": queues,
            "teams": {"agents": {"positions": _positions(agents)}},
        }
    )


def single_skill(agents: int, days: int) -> CentreScenario:
    """Calls alone: lognormal handle times, exponential patience."""
    per_day = OCCUPANCY * agents * 12 * 60 / HANDLE_MIN
    calls = {
        "channel": "call",
        "arrivals": {"per_day": per_day, "profile": _curve(), "busyness": "5 %", "volume_is": "first"},
        "handle_time": {"mean": f"{HANDLE_MIN} min", "cv": 0.8},
        "patience": {"mean": "5 min"},
        "targets": {"service_level": "80 % in 10 s", "answer_rate": "95 %"},
    }
    return _centre({"calls": calls}, agents, days)


def blended(agents: int, days: int) -> CentreScenario:
    """Calls and emails, with redials and re-contacts."""
    first = OCCUPANCY * agents * 12 * 60 / HANDLE_MIN / 1.18  # re-contacts and redials come on top
    recontact = {"probability": "12 %", "within": "7 days", "re_explain": "3.5 min"}
    calls = {
        "channel": "call",
        "arrivals": {"per_day": 0.7 * first, "profile": _curve(), "busyness": "5 %", "volume_is": "first"},
        "handle_time": {"mean": f"{HANDLE_MIN} min", "cv": 0.8},
        "patience": {"mean": "5 min"},
        "redial": {"probability": "50 %", "after": "10 min", "attempts": 3},
        "recontact": recontact,
        "targets": {"service_level": "80 % in 10 s", "answer_rate": "95 %"},
    }
    emails = {
        "channel": "email",
        "arrivals": {"per_day": 0.3 * first, "volume_is": "first"},
        "handle_time": {"mean": f"{HANDLE_MIN} min", "cv": 0.8},
        "recontact": recontact,
        "targets": {"response": "80 % in 4 h"},
    }
    return _centre({"calls": calls, "emails": emails}, agents, days)


CASES = {"single skill": single_skill, "blended, with follow-ups": blended}
