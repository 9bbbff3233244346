"""The centres that are measured: 90 % occupied, with a half-hour curve."""

from __future__ import annotations

from typing import Any

from sim.scenario.centre import CentreScenario

HANDLE_MIN = 10
OCCUPANCY = 0.9
_CURVE = (6, 8, 10, 11, 12, 11, 10, 9, 9, 11, 12, 11, 10, 10, 9, 9, 10, 11, 11, 10, 9, 8, 7, 6)


_RECONTACT = {"probability": "12 %", "within": "7 days", "re_explain": "3.5 min"}


def _curve() -> dict[str, int]:
    """Weights of the half hours from 08:00 to 20:00."""
    return {f"{8 + i // 2:02d}:{30 * (i % 2):02d}": weight for i, weight in enumerate(_CURVE)}


def _positions(agents: int) -> dict[str, dict[str, int]]:
    """Positions in the shape of the curve, ``agents`` in the mean."""
    mean = sum(_CURVE) / len(_CURVE)
    shaped = {time: max(1, round(agents * weight / mean)) for time, weight in _curve().items()}
    return {"every day": shaped | {"20:00": 0}}


def _centre(queues: dict[str, Any], agents: int, days: int, teams: dict[str, Any] | None = None) -> CentreScenario:
    return CentreScenario.model_validate(
        {
            "kind": "centre",
            "name": f"{agents} agents, {days} days",
            "start": "2027-01-04",
            "horizon": f"{days} days",
            "warm_up": "none",
            "calendar": {"open": {"every day": "08:00-20:00"}},
            "queues": queues,
            "teams": teams or {"agents": {"positions": _positions(agents)}},
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


def _calls(first_per_day: float) -> dict[str, Any]:
    """Calls with redials and re-contacts."""
    return {
        "channel": "call",
        "arrivals": {"per_day": first_per_day, "profile": _curve(), "busyness": "5 %", "volume_is": "first"},
        "handle_time": {"mean": f"{HANDLE_MIN} min", "cv": 0.8},
        "patience": {"mean": "5 min"},
        "redial": {"probability": "50 %", "after": "10 min", "attempts": 3},
        "recontact": _RECONTACT,
        "targets": {"service_level": "80 % in 10 s", "answer_rate": "95 %"},
    }


def _emails(first_per_day: float) -> dict[str, Any]:
    """Emails with re-contacts."""
    return {
        "channel": "email",
        "arrivals": {"per_day": first_per_day, "volume_is": "first"},
        "handle_time": {"mean": f"{HANDLE_MIN} min", "cv": 0.8},
        "recontact": _RECONTACT,
        "targets": {"response": "80 % in 4 h"},
    }


def _first_per_day(agents: int) -> float:
    """First contacts of all channels; re-contacts and redials come on top."""
    return OCCUPANCY * agents * 12 * 60 / HANDLE_MIN / 1.18


def blended(agents: int, days: int) -> CentreScenario:
    """Calls and emails, with redials and re-contacts."""
    first = _first_per_day(agents)
    return _centre({"calls": _calls(0.7 * first), "emails": _emails(0.3 * first)}, agents, days)


def multi_skill(agents: int, days: int) -> CentreScenario:
    """Calls on two products and emails, with redials and re-contacts: specialists for each product, and generalists."""
    first = _first_per_day(agents)
    queues = {"agenda": _calls(0.4 * first), "billing": _calls(0.3 * first), "emails": _emails(0.3 * first)}
    serves = {
        "agenda_desk": (0.3, {"agenda": {}, "emails": {"priority": 2}}),
        "billing_desk": (0.2, {"billing": {}, "emails": {"priority": 2}}),
        "generalists": (
            0.5,
            {"agenda": {"preference": 2}, "billing": {"preference": 2}, "emails": {"priority": 2}},
        ),
    }
    teams = {
        name: {"positions": _positions(max(round(share * agents), 1)), "serves": terms}
        for name, (share, terms) in serves.items()
    }
    return _centre(queues, agents, days, teams)


CASES = {"single skill": single_skill, "blended, with follow-ups": blended, "multi-skill": multi_skill}
