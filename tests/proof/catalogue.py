"""All studies, and the rows of tables that none can answer, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from . import published, stationary, through_the_day, two_classes
from .features import (
    announcing,
    calling_back,
    chatting,
    choosing_agents,
    deflecting,
    overflowing,
    preempting,
    rating,
    scoring,
    single_agents,
    transferring,
    turning_into_calls,
)
from .models import Model
from .rows import Row, exact_rows, published_rows
from .study import Study

MODELS = stationary.MODELS | two_classes.MODELS | through_the_day.MODELS
OF_METRICS = dict.fromkeys(("abandonments", "abandonments after close"), through_the_day.abandonments_by_the_log)
"""Metrics that have a model and a study of their own: all others of these days are much cheaper to know."""

FEATURE_MODULES = (
    preempting,
    choosing_agents,
    overflowing,
    scoring,
    transferring,
    calling_back,
    announcing,
    chatting,
    deflecting,
    rating,
    single_agents,
    turning_into_calls,
)
FEATURES: dict[str, Callable[[], Study]] = {
    name: partial(module.study, name) for module in FEATURE_MODULES for name in module.CASES
}
"""Studies of features by name; making one solves its chain."""

LEFT_OUT = {
    "M/D/n (Lee-Longton/Allen-Cunneen approx)": "an approximation; the exact rows are simulated",
    "M/E2/n (Boxma-Cohen-Huffels/Kimura approx)": "an approximation; the exact rows are simulated",
    "M/E2/n (Allen-Cunneen approx)": "an approximation; the exact rows are simulated",
    "GI/G/n Kingman-type upper bound (M/E2/10)": "a bound",
    "Garnett function P(W>0)": "a limit for ever larger centres",
    "Halfin-Whitt P(W>0)": "a limit for ever larger centres",
    "Erlang-A + redials/reconnects, long-delay fixed point": "a limit for ever longer delays; the exact rows of the "
    "orbit are simulated",
    "min staff 80/10 Erlang-C": "a staffing answer, not a figure of a simulation; the tests of sizing find it",
    "min staff 80/10 & answer>=95% Erlang-A": "a staffing answer, not a figure of a simulation; the tests of sizing "
    "find it",
    "turnover: productive share of positions": "workforce, not contacts",
    "turnover: average proficiency (exp tenure, exp learning)": "workforce, not contacts",
    "turnover: average proficiency (hyperexp tenure)": "workforce, not contacts",
    "turnover: attrition definitions": "workforce, not contacts",
}
"""Reasons by model."""
PUT_BACK = "a server whose shift ends finishes the contact in hand; these rows put it back into the queue"

LONGEST = frozenset({"46", "51", "64", "591", "664"})
"""First rows of the studies that take longest: large centres that are nearly always busy, what is rare, and the dearest
case of two models."""


def reason_left_out(row: Row) -> str | None:
    """Why no study answers the row; None if one does."""
    if row.model == "Mt/M/nt+M day A" and row.named["staff_drop"] == "preempt":
        return PUT_BACK
    return LEFT_OUT.get(row.model)


@cache
def exact_studies() -> tuple[Study, ...]:
    """Those of exact theory, each with all rows of the same parameters."""
    return _studies(
        [row for row in exact_rows() if reason_left_out(row) is None], _parameters, _of_exact, _metric_and_interval
    )


@cache
def published_studies() -> tuple[Study, ...]:
    """Those of published tables."""
    return _studies(published_rows(), lambda row: row.params + _case(row), _of_published, _metric_and_hour)


def is_long(study: Study) -> bool:
    """Whether it runs when asked for only."""
    return study.first.id in LONGEST


def _studies(
    rows: list[Row], parameters: Callable[[Row], str], model_of: Callable[[Row], Model], key: Callable[[Row], str]
) -> tuple[Study, ...]:
    together: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        together.setdefault((_case(row), parameters(row)), []).append(row)
    studies = []
    for group in together.values():
        model = model_of(group[0])
        studies.append(Study(model, {row: model.figures[key(row)] for row in group}))
    return tuple(studies)


# --- rows of exact theory -----------------------------------------------------------------------------------------


def _of_exact(row: Row) -> Model:
    return OF_METRICS.get(row.metric, MODELS[row.model])(row.named)


def _parameters(row: Row) -> str:
    """Those that make the study; the others say which part of the day is meant."""
    own = [row.metric] if row.metric in OF_METRICS else []
    of_day = ("interval", "window")
    return ";".join([*own, *(f"{name}={value}" for name, value in row.named.items() if name not in of_day)])


def _metric_and_interval(row: Row) -> str:
    return f"{row.metric} {row.named['interval']}" if "interval" in row.named else row.metric


# --- published rows -----------------------------------------------------------------------------------------------

_DAY = "single-queue day, "


def _case(row: Row) -> str:
    return _DAY if row.model.startswith(_DAY) else row.model


def _of_published(row: Row) -> Model:
    if row.model.startswith(_DAY):
        return published.single_queue_day(row.params)
    if row.model.startswith("M/M/c"):
        return published.eight_hour_day(row.params)
    if row.model == "Telethon week":
        return published.telethon(row.params)
    return published.shipped_model(row.model)


def _metric_and_hour(row: Row) -> str:
    return f"{row.model.removeprefix(_DAY)} {row.metric}" if row.model.startswith(_DAY) else row.metric
