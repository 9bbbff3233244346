"""The single-pool recursion gives the reference engine's log, row for row, and is chosen where it may be."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cases import blended, single_skill
from sim.centre import fast
from sim.centre.compile import compile_centre
from sim.centre.contract import (
    BACK_IN_LINE,
    DAY_MS,
    LEAST_OCCUPIED,
    UNLIMITED,
    CompiledCentre,
)
from sim.centre.fast import FastEngine
from sim.centre.packed import kernel_of, pack
from sim.centre.profiles import SinglePool
from sim.centre.results import Replication
from sim.centre.simulate import first_contacts
from sim.centre.single_pool_choice import obstacle
from sim.common.distributions import Deterministic, Distribution, Gamma, Lognormal
from tests.reference.test_engines_agree import assert_identical, by_reference_engine, seeds
from tests.support.centres import HOUR_MS, MINUTE_MS, Queue, Serves, Team, centre

# Whole minutes and a tick of a minute make arrivals, ends of contacts, patience and changes of positions coincide.
durations: st.SearchStrategy[Distribution] = st.one_of(
    st.builds(Deterministic, st.sampled_from([1_000.0, 60_000.0, 300_000.0, 600_000.0])),
    st.builds(Gamma, st.sampled_from([20_000.0, 180_000.0, 1_200_000.0]), st.sampled_from([0.5, 1.0, 4.0])),
    st.builds(Lognormal, st.sampled_from([120_000.0, 600_000.0]), st.sampled_from([0.3, 1.2])),
)
delays = st.one_of(durations, st.builds(Gamma, st.just(9.0 * HOUR_MS), st.just(1.0)))
shares = st.sampled_from([0.0, 0.0, 0.3, 1.0])
volumes = st.sampled_from([0.0, 20.0, 100.0, 300.0])  # a day, in a centre of size 1
# Within the day; short ones make dense arrivals and much to serve after closing.
spans = st.sampled_from(
    [
        ((0, DAY_MS),),
        ((8 * HOUR_MS, 18 * HOUR_MS),),
        ((8 * HOUR_MS, 10 * HOUR_MS),),
        ((9 * HOUR_MS, 9 * HOUR_MS + 30 * MINUTE_MS), (11 * HOUR_MS, 12 * HOUR_MS)),
        ((22 * HOUR_MS, DAY_MS),),
    ]
)


def by_recursion(compiled: CompiledCentre, seed: int, counts: np.ndarray) -> Replication:
    """One run with all records. Another without, whose counts must not differ: it may take the short cut."""
    assert obstacle(compiled.engine) is None
    engine = FastEngine(compiled)
    recorded = engine.run(seed, 3, counts, log=True, spells=True)
    assert_same_counts(engine.run(seed, 3, counts), recorded)
    return recorded


def by_kernel(compiled: CompiledCentre, seed: int, counts: np.ndarray) -> Replication:
    return FastEngine(compiled, kernel_of(compiled.engine)).run(seed, 3, counts, log=True, spells=True)


def assert_same_counts(one: Replication, other: Replication) -> None:
    for part in dataclasses.fields(one.counts):
        np.testing.assert_array_equal(
            getattr(one.counts, part.name), getattr(other.counts, part.name), err_msg=f"counts of {part.name}"
        )


def counts_of(compiled: CompiledCentre, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson(compiled.volume.expected)


def assert_recursion_agrees(compiled: CompiledCentre, seed: int) -> Replication:
    counts = counts_of(compiled, seed)
    replication = by_recursion(compiled, seed, counts)
    assert_identical(replication, by_reference_engine(compiled, seed, counts))
    return replication


# --- random centres of one team -----------------------------------------------------------------------------------


def _profile(hours: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Arrivals evenly from the first opening to the last closing: some find the centre closed between."""
    return (hours[0][0], hours[-1][1]), (0.0, 1.0)


@st.composite
def common_terms(draw: st.DrawFn, name: str, names: tuple[str, ...], size: int, matters: int) -> dict[str, Any]:
    """What calls and emails both have."""
    targets = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    return {
        "name": name,
        "handle": draw(durations),
        "per_day": draw(volumes) * size,
        "after_call": draw(st.none() | durations),
        "recontact": draw(shares) * 0.6,
        "recontact_delay": draw(delays),
        "recontact_to": {target: 1.0 / len(targets) for target in targets},
        "re_explain_ms": draw(st.sampled_from([0, 180_000])),
        "rated": draw(st.booleans()),
        "base_ppm": draw(st.sampled_from([950_000, 120_000])),
        "matters": (1.0 / matters,) * matters,
    }


@st.composite
def calls(draw: st.DrawFn, terms: dict[str, Any], hours: Any, send_away: bool) -> Queue:
    return Queue(
        **terms,
        hours=hours,
        profile=_profile(hours),
        patience=draw(st.none() | durations),
        balk=draw(shares) * 0.5,
        redial=draw(shares) * 0.9,
        redial_delay=draw(delays),
        redial_attempts=draw(st.sampled_from([UNLIMITED, 0, 2])),
        trunks=draw(st.sampled_from([UNLIMITED, UNLIMITED, 0, 1, 7])),
        threshold_ms=draw(st.sampled_from([0, 10_000, HOUR_MS])),
        short_abandon_ms=draw(st.sampled_from([0, 60_000])),
        send_away=send_away,
    )


@st.composite
def emails(draw: st.DrawFn, terms: dict[str, Any], names: tuple[str, ...], size: int) -> Queue:
    targets = [other for other in names if other.startswith("call")]
    return Queue(
        **terms,
        email=True,
        rank=draw(st.integers(1, 2)),
        reserve=draw(st.sampled_from([0, 0, 1, 2, 4])) * size,
        hours=draw(spans),
        threshold_ms=draw(st.sampled_from([60_000, HOUR_MS])),
        late_to_call=draw(shares) if targets else 0.0,
        late_to_call_delay=draw(delays),
        late_to_call_queue=targets[0] if targets else terms["name"],
        elapsed_clock=draw(st.booleans()),
        backlog=draw(st.sampled_from([0, 0, 7])),
    )


@st.composite
def single_pools(draw: st.DrawFn, size: int) -> CompiledCentre:
    """A centre that the recursion can simulate, of up to 8 x size positions."""
    call_names = ("calls", "calls_two")[: draw(st.integers(0, 2))]
    email_names = ("emails", "letters")[: draw(st.integers(0 if call_names else 1, 2))]
    names = tuple(draw(st.permutations(call_names + email_names)))
    hours, send_away, matters = draw(spans), draw(st.booleans()), draw(st.integers(1, 3))
    queues = []
    for name in names:
        terms = draw(common_terms(name, names, size, matters))
        queues.append(draw(calls(terms, hours, send_away) if name in call_names else emails(terms, names, size)))
    step = draw(st.sampled_from([MINUTE_MS, 15 * MINUTE_MS, HOUR_MS]))
    moments = draw(st.lists(st.integers(0, 2 * DAY_MS // step), min_size=1, max_size=25).map(set))
    # While callers are served after closing time, too: agents stay for them.
    after_closing = draw(st.lists(st.integers(0, 40), max_size=8).map(set))
    at_ms = {moment * step for moment in moments} | {hours[-1][1] + minute * MINUTE_MS for minute in after_closing}
    factors = st.sampled_from([1.0, 1.0, 0.5, 1.7])
    serves = {
        name: Serves(
            handle_factor=draw(factors),
            recontact_factor=draw(factors),
            team_ppm=draw(st.sampled_from([0, 30_000])),
        )
        for name in names
    }
    changes = tuple((at, draw(st.integers(0, 8)) * size) for at in sorted(at_ms))
    return centre(
        queues,
        teams=[Team("team", changes, serves)],
        days=draw(st.integers(1, 2)),
        warm_up_days=draw(st.integers(0, 1)),
        drain_days=draw(st.integers(0, 2)),
        tick_ms=draw(st.sampled_from([1, 1_000, 60_000])),
        interval_ms=draw(st.sampled_from([15 * MINUTE_MS, HOUR_MS])),
    )


@given(single_pools(size=1), seeds)
def test_recursion_agrees_with_the_reference(compiled: CompiledCentre, seed: int) -> None:
    assert_recursion_agrees(compiled, seed)


@given(single_pools(size=10), seeds)
def test_recursion_agrees_with_the_kernel_in_larger_centres(compiled: CompiledCentre, seed: int) -> None:
    counts = counts_of(compiled, seed)
    assert_identical(by_recursion(compiled, seed, counts), by_kernel(compiled, seed, counts))


@pytest.mark.parametrize("case", [single_skill, blended])
def test_recursion_agrees_with_the_kernel_in_ordinary_centres(case: Any) -> None:
    compiled = compile_centre(case(50, 10)).staffed()
    counts = first_contacts(compiled, 1, 3)
    assert_identical(by_recursion(compiled, 1, counts), by_kernel(compiled, 1, counts))


# --- a case for each branch of the recursion ----------------------------------------------------------------------

_OFFICE = ((8 * HOUR_MS, 12 * HOUR_MS),)
_CALLS = Queue("calls", Gamma(5.0 * MINUTE_MS, 1.0), 200.0, hours=_OFFICE, profile=_profile(_OFFICE))
_EMAILS = Queue("emails", Gamma(5.0 * MINUTE_MS, 1.0), 60.0, email=True, hours=_OFFICE, threshold_ms=HOUR_MS)
_IMPATIENT = dataclasses.replace(_CALLS, patience=Gamma(2.0 * MINUTE_MS, 1.0))
_MORNING = ((8 * HOUR_MS, 4), (12 * HOUR_MS, 0), (DAY_MS + 8 * HOUR_MS, 4), (DAY_MS + 12 * HOUR_MS, 0))


def changed(queue: Queue, **terms: Any) -> Queue:
    return dataclasses.replace(queue, **terms)


def rows(replication: Replication, **wanted: int) -> int:
    """Rows of the log with such entries."""
    assert replication.log is not None
    return int(np.logical_and.reduce([replication.log[name] == value for name, value in wanted.items()]).sum())


BRANCHES = {
    "all find an agent": ([changed(_CALLS, per_day=20.0)], ((0, 40),), {}),
    "callers wait without patience": ([_CALLS], _MORNING, {}),
    "callers lose patience": ([_IMPATIENT], _MORNING, {"fate": 1}),
    "callers balk": ([changed(_IMPATIENT, balk=0.5)], _MORNING, {"fate": 1}),
    "callers redial": ([changed(_IMPATIENT, redial=0.8)], _MORNING, {"reason": 1}),
    "redials are lost after closing": ([changed(_IMPATIENT, redial=1.0)], _MORNING, {"follow_up": -1}),
    "callers come back": ([changed(_CALLS, recontact=0.4, re_explain_ms=90_000)], _MORNING, {"reason": 2}),
    "callers are sent away": ([changed(_CALLS, send_away=True)], _MORNING, {"fate": 1}),
    "trunks are taken": ([changed(_IMPATIENT, trunks=5, after_call=Gamma(60_000.0, 1.0))], _MORNING, {"fate": 2}),
    "nobody is ever there": ([_CALLS, _EMAILS], ((0, 0),), {"fate": 3}),
    "agents go while all are busy": ([_CALLS], ((8 * HOUR_MS, 6), (9 * HOUR_MS, 2), (DAY_MS, 0)), {}),
    "agents come and go and come": ([_CALLS], tuple((h * HOUR_MS, 6 * (h % 2)) for h in range(8, 24)), {}),
    "emails wait": ([_CALLS, _EMAILS], _MORNING, {"queue": 1, "fate": 0}),
    "emails wait for a reserve": ([_CALLS, changed(_EMAILS, reserve=2)], _MORNING, {"queue": 1, "fate": 0}),
    "emails become calls": (
        [_CALLS, changed(_EMAILS, late_to_call=0.6, late_to_call_queue="calls")],
        _MORNING,
        {"reason": 3},
    ),
    "emails become calls by elapsed time": (
        [_CALLS, changed(_EMAILS, late_to_call=0.6, late_to_call_queue="calls", elapsed_clock=True)],
        _MORNING,
        {"reason": 3},
    ),
    "emails alone, with a backlog": ([changed(_EMAILS, backlog=30)], _MORNING, {"counted": 0}),
    "emails of two ranks": ([_EMAILS, changed(_EMAILS, name="letters", rank=2, reserve=1)], _MORNING, {"queue": 1}),
    "calls of two queues": ([_IMPATIENT, changed(_IMPATIENT, name="orders")], _MORNING, {"queue": 1, "fate": 1}),
    "ratings": ([changed(_IMPATIENT, rated=True), changed(_EMAILS, rated=True)], _MORNING, {}),
}


@pytest.mark.parametrize("tick_ms", [1, 60_000])
@pytest.mark.parametrize(("queues", "changes", "wanted"), BRANCHES.values(), ids=BRANCHES)
def test_branch_agrees_with_the_reference(
    queues: list[Queue], changes: tuple[tuple[int, int], ...], wanted: dict[str, int], tick_ms: int
) -> None:
    compiled = centre(queues, changes, days=2, tick_ms=tick_ms, interval_ms=15 * MINUTE_MS)
    replication = assert_recursion_agrees(compiled, 1)
    assert rows(replication, **wanted) > 0 if wanted else rows(replication, counted=1) > 0


@pytest.mark.parametrize("kernel", [True, False])
def test_runs_that_need_more_room_are_repeated(kernel: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    queues = [changed(_IMPATIENT, redial=0.8, recontact=0.4), changed(_EMAILS, backlog=30, recontact=0.4)]
    compiled = centre(queues, _MORNING, days=2)
    run = by_kernel if kernel else by_recursion
    counts = counts_of(compiled, 1)
    roomy = run(compiled, 1, counts)
    monkeypatch.setattr(fast, "FIRST_SLOTS", 2)
    monkeypatch.setattr(fast, "FIRST_ROWS", 1)
    assert_identical(run(compiled, 1, counts), roomy)


# --- which centres go where ---------------------------------------------------------------------------------------


def _queues(**of_emails: Any) -> list[Queue]:
    handle = Deterministic(MINUTE_MS)
    return [Queue("calls", handle), Queue("emails", handle, email=True, **of_emails)]


def _with(number: int, **terms: Any) -> CompiledCentre:
    queues = _queues()
    queues[number] = changed(queues[number], **terms)
    return centre(queues, [(0, 3)])


def _served(serves: dict[str, Serves] | None = None, **terms: Any) -> CompiledCentre:
    matters = terms.pop("matters", (1.0,))
    serves = {"calls": Serves(), "emails": Serves()} if serves is None else serves
    queues = [changed(queue, matters=matters) for queue in _queues()]
    agents = {name: terms.pop(name) for name in ("agents", "by_score") if name in terms}
    return centre(queues, teams=[Team("team", ((0, 3),), serves, **terms)], **agents)


@pytest.mark.parametrize(
    "compiled",
    [
        pytest.param(centre(_queues(), [(0, 3)]), id="calls and emails"),
        pytest.param(centre(_queues()[:1], [(0, 3)]), id="calls"),
        pytest.param(centre(_queues()[1:], [(0, 3)]), id="emails"),
        pytest.param(centre(_queues(reserve=2, late_to_call=0.5, late_to_call_queue="calls"), [(0, 3)]), id="late"),
        pytest.param(_with(1, backlog=9), id="emails waiting at the first moment"),
        pytest.param(_with(0, trunks=4), id="trunks"),
        pytest.param(_with(0, send_away=True), id="calls sent away"),
        pytest.param(_with(0, rated=True), id="satisfaction"),
        pytest.param(_served(matters=(0.5, 0.5)), id="matters that all solve"),
    ],
)
def test_goes_through_the_recursion(compiled: CompiledCentre) -> None:
    assert obstacle(compiled.engine) is None
    assert isinstance(pack(compiled).profile, SinglePool)
    assert not isinstance(pack(compiled, kernel_of(compiled.engine)).profile, SinglePool)


_BOTH = {"calls": Serves(), "emails": Serves()}


@pytest.mark.parametrize(
    ("why", "compiled"),
    [
        (
            "several teams",
            centre(_queues(), teams=[Team("one", ((0, 3),), _BOTH), Team("two", ((0, 3),), _BOTH)]),
        ),
        ("a queue that nobody serves", _served({"calls": Serves()})),
        (
            "hours in which the team doesn't take a queue's contacts",
            _served(_BOTH | {"emails": Serves(fences=((0, True), (HOUR_MS, False)))}),
        ),
        ("a wait before the team may take a contact", _served(_BOTH | {"calls": Serves(overflow_ms=60_000)})),
        ("agents kept idle while calls wait", _with(0, reserve=1)),
        ("the least occupied agent takes the next contact", _served(agents=LEAST_OCCUPIED)),
        ("contacts taken by score", _served(by_score=True)),
        ("calls that go before other calls", centre([_CALLS, changed(_CALLS, name="orders", rank=2)], [(0, 3)])),
        ("emails that don't wait for calls", _with(0, rank=2001)),
        ("emails that don't wait for calls", _with(0, rank=2002)),
        ("chats", _with(0, chat=True)),
        ("emails put down for calls", _served(put_down=BACK_IN_LINE)),
        ("transfers", _served(matters=(0.5, 0.5), solves=(0,))),
        ("callbacks", _with(0, callback=True)),
        ("announced waits", _with(0, told_above_ms=0)),
        ("emails sent away at closing time", _with(1, send_away=True)),
        (
            "call queues that close at different times, or differently",
            centre([_CALLS, changed(_CALLS, name="orders", hours=((0, DAY_MS),))], [(0, 3)]),
        ),
        (
            "call queues that close at different times, or differently",
            centre([_CALLS, changed(_CALLS, name="orders", send_away=True)], [(0, 3)]),
        ),
        ("emails that find the trunks taken", _with(1, trunks=4)),
        ("calls waiting at the first moment", _with(0, backlog=1)),
        ("contacts deflected", _with(0, deflected=0.1)),
    ],
)
def test_goes_through_the_kernel(why: str, compiled: CompiledCentre) -> None:
    assert obstacle(compiled.engine) == why
    assert not isinstance(pack(compiled).profile, SinglePool)
