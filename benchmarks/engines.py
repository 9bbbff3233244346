"""How fast the engines are, as ratios measured in one run: ``python -m benchmarks.engines``.

Everything is on one core and includes drawing, simulating, reducing to interval counts and gathering the statistics.
A contact is one attempt offered, redials and re-contacts included.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numba
import numpy as np

from analysis.intervals import Accumulator
from analysis.targets import targets_of
from sim.centre.compile import compile_centre
from sim.centre.contract import CompiledCentre
from sim.centre.fast import compile_kernel
from sim.centre.results import OFFERED_REASONS
from sim.centre.simulate import Engine, simulate
from sim.scenario.centre import CentreScenario

from .cases import CASES, blended, single_skill

REPEATS = 9
_BIG_YEAR_AGENTS = 310
"""With so many, a year of the blended case is some 7 M contacts."""
_MEMORY_CHILD = "from benchmarks.engines import print_peak_memory; print_peak_memory({agents}, {days})"


def offered_and_seconds(scenario: CentreScenario, engine: Engine) -> tuple[int, float]:
    """Contacts of one replication and the shortest of a few timings of it, statistics included."""
    centre = compile_centre(scenario).staffed()
    targets = targets_of(scenario)
    best = float("inf")
    offered = 0
    for _ in range(REPEATS if engine == "fast" else 1):
        start = time.perf_counter()
        accumulator = Accumulator(centre, targets)
        for replication in simulate(centre, 1, [0], engine, threads=1):
            accumulator.add(replication)
            offered = _offered(replication.counts.contacts)
        best = min(best, time.perf_counter() - start)
    return offered, best


def _offered(contacts: np.ndarray) -> int:
    return int(contacts[..., : len(OFFERED_REASONS)].sum())


def rate(scenario: CentreScenario, engine: Engine = "fast") -> float:
    """Contacts per second."""
    offered, seconds = offered_and_seconds(scenario, engine)
    return offered / seconds


def compiled_case(case: Callable[[int, int], CentreScenario], agents: int, days: int) -> CompiledCentre:
    """A case ready to simulate."""
    return compile_centre(case(agents, days)).staffed()


def print_peak_memory(agents: int, days: int) -> None:
    """Simulate ``days`` of the blended case in this process and print its peak memory in MiB and the contacts."""
    centre = compiled_case(blended, agents, days)
    offered = sum(_offered(replication.counts.contacts) for replication in simulate(centre, 1, [0]))
    print(_peak_mib(), offered)


def _peak_mib() -> float:
    """Peak memory of this process; the system's own count would begin with that of the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def peak_memory(agents: int, days: int) -> tuple[float, int]:
    """``print_peak_memory`` in a fresh process."""
    command = [sys.executable, "-c", _MEMORY_CHILD.format(agents=agents, days=days)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]).stdout
    mib, offered = out.split()
    return float(mib), int(offered)


def seconds_on(threads: int, centre: CompiledCentre, replications: int) -> float:
    """Shortest of a few timings of as many replications on so many threads."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        for _replication in simulate(centre, 1, range(replications), threads=threads):
            pass
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Measure and print everything."""
    print(
        f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}, numba {numba.__version__}"
    )
    for case in CASES.values():
        compile_kernel(compiled_case(case, 20, 1))

    print("\n200 agents, 90 % occupied, one core: contacts per second")
    for name, case in CASES.items():
        fast, reference = rate(case(200, 60)), rate(case(200, 3), "reference")
        rates = f"fast {fast / 1e6:6.2f} M   reference {reference / 1e3:6.1f} k   ratio {fast / reference:6.0f}"
        print(f"  {name:26s} {rates}")

    print("\nCost per contact against that with 20 agents (single skill; as many contacts in each)")
    base = rate(single_skill(20, 1800))
    for agents in (20, 200, 2_000, 20_000):
        print(f"  {agents:6d} agents  {base / rate(single_skill(agents, max(36_000 // agents, 1))):5.2f}")

    print("\nCost per contact against that of one day (blended, 200 agents)")
    base = rate(blended(200, 1))
    for days in (1, 7, 30, 365):
        print(f"  {days:6d} days    {base / rate(blended(200, days)):5.2f}")

    print("\nReplications of a month on two threads against one, in throughput (200 agents)")
    for name, case in CASES.items():
        centre = compiled_case(case, 200, 30)
        print(f"  {name:26s} {seconds_on(1, centre, 40) / seconds_on(2, centre, 40):5.2f}")

    print("\nPeak memory of a process that simulates one replication (blended)")
    for agents, days in ((200, 1), (200, 30), (_BIG_YEAR_AGENTS, 365)):
        mib, offered = peak_memory(agents, days)
        print(f"  {agents:4d} agents {days:4d} days  {mib:6.0f} MiB for {offered / 1e6:5.2f} M contacts")


if __name__ == "__main__":
    main()
