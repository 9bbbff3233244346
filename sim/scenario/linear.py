"""Linear flow equations solved by elimination, in plain Python: files are checked without numpy."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_LEAST_PIVOT = 1e-9


class UnsettledError(Exception):
    """Every contact brings back at least another: no volume would hold."""


def settled(
    own: Mapping[str, float], brings: Mapping[str, Mapping[str, float]], fixed: Collection[str] = ()
) -> dict[str, float]:
    """The flows x that solve x_p = own_p + Σ_q brings[q][p] x_q, with x_p = own_p for the ``fixed`` p.

    ``brings`` isn't negative. Gaussian elimination without pivoting: all pivots are positive if and only if the series
    of what is brought converges (I − bringsᵀ is then a non-singular M-matrix; Berman and Plemmons, "Nonnegative
    Matrices in the Mathematical Sciences", ch. 6); otherwise UnsettledError is raised.
    """
    names = [name for name in own if name not in fixed]
    x = {name: own[name] for name in own if name in fixed}
    right = {name: own[name] + sum(brings.get(q, {}).get(name, 0.0) * flow for q, flow in x.items()) for name in names}
    left = {name: {name: 1.0} for name in names}
    for q in names:
        for name, share in brings.get(q, {}).items():
            if name in left:
                left[name][q] = left[name].get(q, 0.0) - share
    for number, name in enumerate(names):
        pivot = left[name][name]
        if pivot < _LEAST_PIVOT:
            raise UnsettledError
        for below in names[number + 1 :]:
            factor = left[below].pop(name, 0.0) / pivot
            if factor:
                right[below] -= factor * right[name]
                for column, value in left[name].items():
                    if column != name:
                        left[below][column] = left[below].get(column, 0.0) - factor * value
    for name in reversed(names):
        known = sum(value * x[column] for column, value in left[name].items() if column != name)
        x[name] = (right[name] - known) / left[name][name]
    return {name: x[name] for name in own}
