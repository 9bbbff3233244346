"""Small exact computations, independent of the simulator, of what it is tested against.

A module a model: a frozen dataclass of parameters, a frozen dataclass of figures, and ``solve`` from one to the other.
Rates are per unit of time, times in units of time. Waits are means over all offered, those who abandon included.
"""
