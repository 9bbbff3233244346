"""Composite Gauss-Legendre quadrature, refined where an integrand needs it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import eval_legendre, roots_jacobi, roots_legendre

Float64 = NDArray[np.float64]

NODES_PER_PANEL = 16
_NODES, _WEIGHTS = roots_legendre(NODES_PER_PANEL)
# Gauss-Lobatto, whose nodes include both ends: the zeros of P'(15) are those of a Jacobi polynomial.
_CLOSED_NODES = np.concatenate([[-1.0], roots_jacobi(NODES_PER_PANEL - 2, 1, 1)[0], [1.0]])
_CLOSED_WEIGHTS = 2 / (NODES_PER_PANEL * (NODES_PER_PANEL - 1) * eval_legendre(NODES_PER_PANEL - 1, _CLOSED_NODES) ** 2)
_MOST_PANELS = 20_000


def composite_rule(edges: Float64) -> tuple[Float64, Float64]:
    """Return nodes (ascending) and weights, each (panels * NODES_PER_PANEL,); panels lie between sorted ``edges``."""
    return _composite(edges, _NODES, _WEIGHTS)


def graded_edges(origin: float, end: float, halvings: int = 30) -> Float64:
    """Return edges from ``origin`` to ``end`` that halve their distance to ``origin``, which is included.

    Such panels resolve whatever scale an integrand changes at near ``origin``, down to 2**-halvings of the whole.
    """
    return np.append(origin + (end - origin) * 2.0 ** -np.arange(halvings + 1.0), origin)


def refined_edges(edges: Float64, integrands: Callable[[Float64], Float64], tolerance: float) -> Float64:
    """Return ``edges`` (sorted) with more between them, so that halving a panel no longer changes its integrals.

    ``integrands`` maps nodes (N,) to values (components, N); what a panel may change by is ``tolerance`` times the
    largest component's integral. Jumps and kinks are closed in on; they need not be known. The integrals compared look
    at the ends of every panel too: a jump between an end and the next node would go unseen by both.
    """
    while True:
        middles = 0.5 * (edges[1:] + edges[:-1])
        halved = np.sort(np.concatenate([edges, middles]))
        whole = _panel_integrals(edges, integrands)
        halves = _panel_integrals(halved, integrands)
        change = np.abs(whole - halves[:, ::2] - halves[:, 1::2]).max(axis=0)
        rough = change > tolerance * np.abs(halves).sum(axis=1).max()
        if not rough.any() or edges.size > _MOST_PANELS:
            return halved
        edges = np.sort(np.concatenate([edges, middles[rough]]))


def _panel_integrals(edges: Float64, integrands: Callable[[Float64], Float64]) -> Float64:
    nodes, weights = _composite(edges, _CLOSED_NODES, _CLOSED_WEIGHTS)
    values: Float64 = integrands(nodes) * weights
    integrals: Float64 = values.reshape(len(values), -1, NODES_PER_PANEL).sum(axis=2)
    return integrals


def _composite(edges: Float64, unit_nodes: Float64, unit_weights: Float64) -> tuple[Float64, Float64]:
    half = 0.5 * np.diff(edges)[:, np.newaxis]
    centre = 0.5 * (edges[1:] + edges[:-1])[:, np.newaxis]
    return (centre + half * unit_nodes).ravel(), (half * unit_weights).ravel()
