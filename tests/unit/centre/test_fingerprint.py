"""What compiled code is made from: a change of any of it must compile anew."""

from __future__ import annotations

import ast
from pathlib import Path

import sim
from sim.centre.fast import COMPILED_MODULES

SIM = Path(sim.__file__).parent


def imported(module: str) -> set[str]:
    """Modules of sim that a module, such as ``centre/kernel``, imports from, by name or as a whole."""
    folder = (SIM / module).parent
    found = set()
    for node in ast.walk(ast.parse((SIM / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = folder if node.level == 1 else folder.parent
            parts = (node.module or "").split(".") if node.module else [alias.name for alias in node.names]
            path = base.joinpath(*parts) if node.module else base / parts[0]
            found.add(str(path.relative_to(SIM)))
    return found


def test_all_that_compiled_code_imports_is_in_the_fingerprint() -> None:
    listed = {f"{package}/{name}" for package, names in COMPILED_MODULES.items() for name in names.split()}
    reached: set[str] = set()
    ahead = {"centre/kernel", "centre/single_pool"}
    while ahead:
        module = ahead.pop()
        reached.add(module)
        ahead |= imported(module) - reached
    # What packs a centre into arrays decides which code simulates it, and is not part of it.
    assert reached - listed == {"centre/single_pool_choice"}
    assert listed <= reached
