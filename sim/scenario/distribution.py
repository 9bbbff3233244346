"""Distributions of durations: what each is given, in the file and in Python (durations are int milliseconds)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, model_validator

from .base import Finding, ScenarioModel, Shorthand, refusal
from .quantities import DURATION_WRITTEN, Duration, Phases, PositiveDuration, PositiveVariation, Shape, Share
from .tables import SampleFile

DEFAULT_CV = 0.8
"""Variation of a lognormal duration where the file gives none; an assumption that ``check`` tells."""


class Lognormal(ScenarioModel):
    """Skewed to the right, as handle times are."""

    distribution: Literal["lognormal"] = "lognormal"
    """Its name."""
    mean: PositiveDuration
    """Mean duration."""
    cv: PositiveVariation = DEFAULT_CV
    """Standard deviation over mean; default 0.8."""


class Exponential(ScenarioModel):
    """Without memory: standard deviation equal to the mean."""

    distribution: Literal["exponential"]
    """Its name."""
    mean: PositiveDuration
    """Mean duration."""


def exponential(mean_ms: int) -> Exponential:
    """The exponential distribution of this mean."""
    return Exponential.model_construct(distribution="exponential", mean=mean_ms)


class Gamma(ScenarioModel):
    """Gamma; give either cv or shape (shape = 1 / cv²)."""

    distribution: Literal["gamma"]
    """Its name."""
    mean: PositiveDuration
    """Mean duration."""
    cv: PositiveVariation | None = None
    """Standard deviation over mean."""
    shape: Shape | None = None
    """Shape parameter."""

    @model_validator(mode="after")
    def _one_of_cv_and_shape(self) -> Self:
        if (self.cv is None) == (self.shape is None):
            raise refusal([Finding((), "a gamma distribution needs cv or shape, one of the two")])
        return self

    @property
    def shape_parameter(self) -> float:
        """The shape, whichever of the two was given."""
        return self.shape if self.shape is not None else (self.cv or 1.0) ** -2


class Erlang(ScenarioModel):
    """Sum of equal exponential phases."""

    distribution: Literal["erlang"]
    """Its name."""
    mean: PositiveDuration
    """Mean duration of all phases together."""
    phases: Phases
    """Number of phases."""


class Deterministic(ScenarioModel):
    """Always the same."""

    distribution: Literal["deterministic"]
    """Its name."""
    mean: PositiveDuration
    """The duration."""


class Weibull(ScenarioModel):
    """Weibull; a shape below 1 has many short and a few very long durations."""

    distribution: Literal["weibull"]
    """Its name."""
    mean: PositiveDuration
    """Mean duration."""
    shape: Shape
    """Shape parameter."""


class Hyperexponential(ScenarioModel):
    """Two kinds of matter: with probability p exponential with mean_1, else with mean_2."""

    distribution: Literal["hyperexponential"]
    """Its name."""
    p: Share
    """Share of the first kind."""
    mean_1: PositiveDuration
    """Mean of the first kind."""
    mean_2: PositiveDuration
    """Mean of the other kind."""


class Empirical(ScenarioModel):
    """Measured durations, each as likely as the others: a list of values or a CSV with the column ``seconds``."""

    distribution: Literal["empirical"]
    """Its name."""
    values: Annotated[tuple[Duration, ...], Field(min_length=1, max_length=1_000_000)] | None = None
    """The durations."""
    file: SampleFile | None = None
    """CSV with the column seconds, relative to the file that names it."""

    @model_validator(mode="after")
    def _values_or_file(self) -> Self:
        if (self.values is None) == (self.file is None):
            raise refusal([Finding((), "an empirical distribution needs values or a file, one of the two")])
        return self

    @property
    def durations_ms(self) -> tuple[int, ...]:
        """The measured durations, wherever they came from."""
        return self.file.durations_ms if self.file is not None else self.values or ()


Distribution = Lognormal | Exponential | Gamma | Erlang | Deterministic | Weibull | Hyperexponential | Empirical
BY_NAME: dict[str, type[ScenarioModel]] = {
    "lognormal": Lognormal,
    "exponential": Exponential,
    "gamma": Gamma,
    "erlang": Erlang,
    "deterministic": Deterministic,
    "weibull": Weibull,
    "hyperexponential": Hyperexponential,
    "empirical": Empirical,
}
"""The distributions by their names in the file."""


def mean_ms(distribution: Distribution) -> float:
    """Mean of a stated distribution."""
    if isinstance(distribution, Empirical):
        return sum(distribution.durations_ms) / max(len(distribution.durations_ms), 1)
    if isinstance(distribution, Hyperexponential):
        return distribution.p * distribution.mean_1 + (1 - distribution.p) * distribution.mean_2
    return distribution.mean


def _as_mapping(value: Any, default: str) -> Any:
    """A bare duration, or a mapping that names no distribution, as a mapping that names the default one."""
    if isinstance(value, Mapping):
        return value if "distribution" in value else {"distribution": default, **value}
    if isinstance(value, ScenarioModel):
        return value
    return {"distribution": default, "mean": value}


def _lognormal(value: Any) -> Any:
    return _as_mapping(value, "lognormal")


def _exponential(value: Any) -> Any:
    return _as_mapping(value, "exponential")


HandleTime = Annotated[Distribution, Discriminator("distribution"), Shorthand(_lognormal, DURATION_WRITTEN)]
"""A distribution; a bare duration is the mean of a lognormal one."""
Delay = Annotated[Distribution, Discriminator("distribution"), Shorthand(_exponential, DURATION_WRITTEN)]
"""A distribution; a bare duration is the mean of an exponential one."""
