"""Studies whose rows are computed here and stand in no table."""

from __future__ import annotations

from collections.abc import Mapping

from ..models import Model
from ..rows import Row
from ..study import Study


def computed(name: str, parameters: object, values: Mapping[str, float], model: Model) -> Study:
    """The study of a model whose figures have these values; others are left aside.

    ``parameters`` is what the values were computed from, a dataclass of numbers.
    """
    params = ";".join(f"{field}={value}" for field, value in vars(parameters).items())
    return Study(
        model, {Row("", name, params, metric, values[metric]): figure for metric, figure in model.figures.items()}
    )
