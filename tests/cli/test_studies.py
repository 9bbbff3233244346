"""The studies that ship find what they say: every figure in a finding is simulated here, on common random numbers.

A finding is the comment "Finding: ..." of a study's variant, repeated in the README beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from analysis.decision import decide
from analysis.figures import MS_PER_H, RESPONSE_IN_TIME, SERVICE_LEVELS, Ratio
from analysis.kpis import Estimate
from analysis.simulation import RunResult
from analysis.theory import erlang_c
from analysis.uncertainty import mean_of, quotient, ratio_of_sums
from sim.centre.compile import compile_centre
from sim.centre.contract import Float64, Int64
from sim.centre.results import CONTACT_COLUMNS, TEAM_COLUMNS
from sim.centre.simulate import simulate
from sim.scenario.load import load_scenario

from .conftest import Command
from .studies import REPLICATIONS, STUDIES, as_estimate, assert_finds, percent, simulated

FILES = sorted(path.name for path in STUDIES.glob("*.yaml"))
WEEKS = 4
"""Of every study's horizon, which begins on a Monday."""
SCHEDULED, BUSY = map(TEAM_COLUMNS.index, ("scheduled_ms", "busy_ms"))
ANSWERED = SERVICE_LEVELS["sl_offered"]


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_understood(name: str, staffsim: Command) -> None:
    assert staffsim("check", STUDIES / name).exit_code == 0
    assert f"`{name}`" in (STUDIES / "README.md").read_text()


def test_generalists_against_specialists() -> None:
    found = [simulated(f"1_{name}.yaml") for name in ("generalists", "specialists", "specialists_menu")]
    generalists, specialists, menu = found
    customers = [one.figures.totals["all"]["offered_first"].value for one in found]
    assert customers == pytest.approx([customers[0]] * 3, rel=0.005)
    assert {sum(heads_of(one).values()) for one in found} == {200}
    in_time = [each(one, ANSWERED, calls(one)) for one in found]
    assert surely_positive(in_time[0] - in_time[2])
    assert surely_positive(in_time[2] - in_time[1])
    assert [decide(one.statistics).verdict for one in found] == ["holds", "fails", "fails"]
    at_desks = {"advisers": "calls", "teleconsultation": "teleconsultation_desk", "software": "software_desk"}
    faster = [f"teams.{team}.serves.{queue}.speed=106 %" for team, queue in at_desks.items()]
    practised = simulated("1_specialists_menu.yaml", *faster)
    assert surely_positive(in_time[0] - each(practised, ANSWERED, calls(practised)))
    totals = [one.figures.totals["calls"] for one in found]
    assert_finds(
        "1_specialists_menu.yaml",
        [
            200,
            percent(totals[0]["sl_offered"]),
            10,
            100 * specialists.figures.queues["calls"]["handed_on_share"].value,
            percent(totals[1]["sl_offered"]),
            85,
            percent(totals[2]["sl_offered"]),
            specialists.figures.totals["all"]["handed_on_mean_s"].value / 60,
        ],
    )
    assert (
        menu.figures.totals["calls"]["satisfaction"].value < generalists.figures.totals["calls"]["satisfaction"].value
    )


def test_two_minutes_off_the_handle_time() -> None:
    before = simulated("2_ten_minutes.yaml")
    free, stated, steep = (
        simulated("2_eight_minutes.yaml", f"queues.calls.pressure.elasticity={elasticity}") for elasticity in (0, 2, 4)
    )
    hours = handle_h(before, ["calls"])
    saved = [ratio_of_sums(hours - handle_h(one, ["calls"]), hours) for one in (free, stated, steep)]
    assert surely_positive(handle_h(stated, ["calls"]) - handle_h(free, ["calls"]))
    assert surely_positive(hours - handle_h(stated, ["calls"]))
    assert surely_positive(handle_h(steep, ["calls"]) - hours)
    by_hand = [first_contact_min(0.8, elasticity) / first_contact_min(1, 0) for elasticity in (0, 2)]
    assert [1 - float(one.value) for one in saved[:2]] == pytest.approx(by_hand, abs=0.01)
    solved = [one.figures.totals["all"]["first_contact_resolution"] for one in (before, stated)]
    assert_finds(
        "2_eight_minutes.yaml",
        [
            percent(saved[0]),
            *(100 * one.loaded.model.queues["calls"].recontact_probability for one in (before, stated)),
            2,
            percent(saved[1]),
            *map(percent, solved),
            4,
            percent(as_estimate(saved[2], -1)),
        ],
    )


def first_contact_min(handle_share: float, elasticity: float) -> float:
    """Minutes of a first contact with all that follow: the arithmetic of the study's comment."""
    again = 0.12 * handle_share**-elasticity
    return (handle_share * 9.6 + again * 3.5) / (1 - again)


def test_one_vendor_against_five() -> None:
    five, one = "3_five_vendors.yaml", "3_one_vendor.yaml"
    heads = {name: heads_of(simulated(name, replications=1)) for name in (five, one)}
    for name in (five, one):
        assert verdicts_with(name, heads[name]) == {"holds"}
        assert verdicts_with(name, {team: number - 1 for team, number in heads[name].items()}) == {"fails"}
    split, pooled = (sum(heads[name].values()) for name in (five, one))
    vendors_more = len(heads[five]) - len(heads[one])
    a_head, a_steerer, share = 30_000, 75_000, 0.5  # the comment's assumptions
    pooling, steering = (split - pooled) * a_head, vendors_more * share * a_steerer
    enough = pooling / vendors_more / a_steerer
    assert enough < share
    assert_finds(one, [split, pooled, split - pooled, pooling, steering, enough])


def test_emails_blended_fenced_and_with_a_reserve() -> None:
    blended, fenced, reserve = map(ByTheHour, ("4_blended.yaml", "4_ring_fenced.yaml", "4_reserve.yaml"))
    opening, afternoon = (8, 9), (14, 16)
    for worse, better, hours in ((blended, fenced, opening), (blended, reserve, opening), (fenced, blended, afternoon)):
        assert surely_positive(better.each("calls", ANSWERED, *hours) - worse.each("calls", ANSWERED, *hours))
    assert surely_positive(blended.each("emails", RESPONSE_IN_TIME) - fenced.each("emails", RESPONSE_IN_TIME))
    assert fenced.each("emails", RESPONSE_IN_TIME, 0, 10).max() == 0
    assert reserve.each("emails", RESPONSE_IN_TIME).min() > 0.999
    assert reserve.each("calls", ANSWERED).mean() > max(one.each("calls", ANSWERED).mean() for one in (blended, fenced))
    assert_finds(
        "4_reserve.yaml",
        [
            percent(blended.estimate("calls", ANSWERED, *opening)),
            10,
            *opening,
            14,
            10,
            4,
            percent(fenced.estimate("emails", RESPONSE_IN_TIME)),
            *afternoon,
            percent(fenced.estimate("calls", ANSWERED, *afternoon)),
            5,
            percent(reserve.estimate("calls", ANSWERED, *opening)),
            *opening,
        ],
    )


def test_a_forum() -> None:
    without = simulated("5_no_forum.yaml")
    shares = (5, 6)
    forum = {share: simulated("5_forum.yaml", f"queues.calls.deflection.share={share} %") for share in shares}
    saved = {share: (busy_h(without) - busy_h(one)) / WEEKS for share, one in forum.items()}
    team = without.loaded.model.teams["advisers"]
    moderators = heads_of(without)["advisers"] - heads_of(forum[6])["advisers"]
    moderating_h = moderators * team.contract / MS_PER_H * (1 - team.mean_shrinkage)
    assert surely_positive(moderating_h - saved[5])
    assert surely_positive(saved[6] - moderating_h)
    better = each(forum[5], ANSWERED, ["calls"]) - each(without, ANSWERED, ["calls"])
    assert surely_positive(better)
    assert_finds(
        "5_forum.yaml",
        [
            moderators,
            heads_of(without)["advisers"],
            5,
            6,
            5,
            as_estimate(mean_of(saved[5])),
            6,
            as_estimate(mean_of(saved[6])),
            moderating_h,
            5,
            percent(mean_of(better)),
            10,
        ],
    )


def test_hospitals() -> None:
    """The desk, which does nothing else, is also held against Erlang C."""
    found = [simulated(f"6_{name}.yaml") for name in ("everybody", "hospital_desk", "desk_helps")]
    everybody, desk, _ = found
    in_time = [each(one, ANSWERED, ["secretaries"]) for one in found]
    assert surely_positive(in_time[0] - in_time[1])
    assert surely_positive(in_time[2] - in_time[1])
    assert {decide(one.statistics).verdict for one in found} == {"holds"}
    assert desk.figures.queues["hospitals"]["sl_offered"].value == pytest.approx(erlang_c_level(desk), abs=0.02)
    hours = handle_h(everybody, ["hospitals"]).sum() / handle_h(everybody, calls(everybody)).sum()
    number = everybody.figures.queues["hospitals"]["offered"].value / everybody.figures.totals["calls"]["offered"].value
    segments = [
        [percent(one.figures.queues[name]["sl_offered"]) for name in ("secretaries", "hospitals")] for one in found
    ]
    assert_finds(
        "6_desk_helps.yaml",
        [
            100 * number,
            100 * hours,
            *segments[0],
            10,
            heads_of(desk)["hospital_desk"],
            sum(heads_of(desk).values()),
            *segments[1],
            *segments[2],
            3,
        ],
    )


def erlang_c_level(desk: RunResult) -> float:
    """Hospitals answered in 10 s by the formula, interval by interval: the desk's positions under its offered load."""
    work_s = 79 * 60
    centre = desk.statistics.centre
    erlangs = desk.plan.offered_load()[centre.queue_names.index("hospitals")]
    scheduled = desk.statistics.teams.totals[centre.team_names.index("hospital_desk"), :, SCHEDULED]
    positions = scheduled // (REPLICATIONS * centre.engine.clock.interval_ms)
    busy = (erlangs > 0.1) & (erlangs < positions)
    levels = [
        erlang_c(3600 * load / work_s, work_s, int(agents), 10).sl_offered
        for load, agents in zip(erlangs[busy], positions[busy], strict=True)
    ]
    return float(np.average(levels, weights=erlangs[busy]))


# --- running ------------------------------------------------------------------------------------------------------


def verdicts_with(name: str, heads: dict[str, int]) -> set[str]:
    """The verdicts on all targets with these heads; the fewest heads take more replications to tell."""
    settings = [f"teams.{team}.heads={number}" for team, number in heads.items()]
    decision = decide(simulated(name, *settings, replications=200).statistics)
    return {target.verdict for target in decision.targets}


def heads_of(result: RunResult) -> dict[str, int]:
    """Heads of each team."""
    return {name: team.heads or 0 for name, team in result.loaded.model.teams.items()}


class ByTheHour:
    """Shares of the contacts that come on weekdays, between two hours; for each replication, or estimated."""

    def __init__(self, name: str) -> None:
        centre = compile_centre(load_scenario(STUDIES / name).model).staffed()
        self._queues = centre.queue_names
        contacts = np.stack([one.counts.contacts for one in simulate(centre, 1, range(REPLICATIONS))])
        self._contacts = contacts.reshape(*contacts.shape[:2], WEEKS, 7, 24, -1, contacts.shape[-1])

    def each(self, queue: str, ratio: Ratio, since: int = 0, until: int = 24) -> Float64:
        return quotient(*self._parts(queue, ratio, since, until))

    def estimate(self, queue: str, ratio: Ratio, since: int = 0, until: int = 24) -> Estimate:
        return as_estimate(ratio_of_sums(*self._parts(queue, ratio, since, until)))

    def _parts(self, queue: str, ratio: Ratio, since: int, until: int) -> tuple[Int64, Int64]:
        counts = self._contacts[:, self._queues.index(queue), :, :5, since:until].sum(axis=(1, 2, 3, 4))
        return ratio.numerator.of(counts), ratio.denominator.of(counts)


# --- figures of each replication, (R,) ----------------------------------------------------------------------------


def calls(result: RunResult) -> list[str]:
    """The call queues."""
    return [name for name, queue in result.loaded.model.queues.items() if queue.is_call]


def each(result: RunResult, ratio: Ratio, queues: Sequence[str]) -> Float64:
    """A ratio over the horizon and some queues."""
    counts = contacts(result, queues)
    return quotient(ratio.numerator.of(counts), ratio.denominator.of(counts))


def handle_h(result: RunResult, queues: Sequence[str]) -> Float64:
    """Advisers' hours on contacts of some queues."""
    return contacts(result, queues)[:, CONTACT_COLUMNS.index("handle_ms")] / MS_PER_H


def busy_h(result: RunResult) -> Float64:
    """Advisers' busy hours, of all teams."""
    times = result.statistics.teams_over("horizon", range(len(result.plan.forecast.serving.teams)))
    return times[..., BUSY].sum(axis=(1, 2)) / MS_PER_H


def contacts(result: RunResult, queues: Sequence[str]) -> Int64:
    """Contact counts, (R, CONTACT_COLUMNS)."""
    members = [result.statistics.centre.queue_names.index(name) for name in queues]
    return result.statistics.contacts_over("horizon", members).sum(axis=(1, 2))


# --- findings -----------------------------------------------------------------------------------------------------


def surely_positive(differences: Float64) -> bool:
    """Whether the 95 % interval of the mean lies above 0."""
    mean = mean_of(differences)
    return float(mean.value) > float(mean.half_width)
