"""Exact queueing theory: what formulas say of a centre, beside which the simulation is set."""

from .durations import Balking, Duration, Exponential, SurvivalFunction
from .erlang import (
    erlang_b,
    erlang_c,
    erlang_c_p_wait,
    erlang_c_wait_quantile_s,
    erlang_c_wait_tail,
    erlang_c_with_recontacts,
)
from .impatience import erlang_a, erlang_a_uncertain_rate, impatient_queue
from .offered_load import SinusoidalLoad, offered_load, sinusoidal_load
from .performance import Performance
from .priority import priority_first_class_service_level, priority_mean_waits_s
from .square_root import garnett_beta, garnett_p_wait, halfin_whitt_beta, halfin_whitt_p_wait, square_root_agents
from .staffing import Requirement, Targets, agents_erlang_a, agents_erlang_c, agents_impatient
from .trunks import finite_trunks

__all__ = [
    "Balking",
    "Duration",
    "Exponential",
    "Performance",
    "Requirement",
    "SinusoidalLoad",
    "SurvivalFunction",
    "Targets",
    "agents_erlang_a",
    "agents_erlang_c",
    "agents_impatient",
    "erlang_a",
    "erlang_a_uncertain_rate",
    "erlang_b",
    "erlang_c",
    "erlang_c_p_wait",
    "erlang_c_wait_quantile_s",
    "erlang_c_wait_tail",
    "erlang_c_with_recontacts",
    "finite_trunks",
    "garnett_beta",
    "garnett_p_wait",
    "halfin_whitt_beta",
    "halfin_whitt_p_wait",
    "impatient_queue",
    "offered_load",
    "priority_first_class_service_level",
    "priority_mean_waits_s",
    "sinusoidal_load",
    "square_root_agents",
]
