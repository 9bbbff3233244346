"""Numba's compiler as the engines need it: plain indices, and parts that are compiled once, with the whole.

**Plain indices.** In numpy, and so in numba, index -1 is the last element: every access compares the index with 0 and
may add the length. In code that is little else than accesses these tests are a third of all instructions, and the
lengths take up the registers. Functions compiled here take indices as they are; a negative one would read outside the
array. (Checks on a clean checkout run the engines with numba's bounds checks, too.)

**Parts.** Numba optimises every function with all that it calls, makes it native, and then links it into its callers,
where it is optimised again. A part, which is called by compiled code only, is just linked.
"""

from __future__ import annotations

from typing import Any

from numba.core import ir, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import FunctionPass, PassManager, register_pass
from numba.core.typed_passes import (
    AnnotateTypes,
    IRLegalization,
    NativeLowering,
    NoPythonBackend,
    NopythonTypeInference,
    PreLowerStripPhis,
)
from numba.core.types import containers
from numba.core.typing import signature
from numba.core.untyped_passes import (
    DeadBranchPrune,
    FixupArgs,
    GenericRewrites,
    IRProcessing,
    ReconstructSSA,
    RewriteSemanticConstants,
    TranslateByteCode,
)


def _unsigned(index: Any) -> Any:
    """The type of an index, unsigned where it is a number."""
    if isinstance(index, containers.BaseTuple):
        return containers.Tuple([_unsigned(part) for part in index])
    return types.uint64 if isinstance(index, types.Integer) else index


def _plain(access: Any) -> Any:
    """The signature of an access, with an unsigned index if it is one to an array (None: read from a tuple)."""
    if access is None or not isinstance(access.args[0], types.Array):
        return access
    target, index, *value = access.args
    return signature(access.return_type, target, _unsigned(index), *value)


@register_pass(mutates_CFG=False, analysis_only=False)
class _UnsignedIndices(FunctionPass):  # type: ignore[misc]
    """Types every index of an array as unsigned; lowering converts it then, which costs nothing."""

    _name = "unsigned_indices"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        for block in state.func_ir.blocks.values():
            for statement in block.body:
                access = statement.value if isinstance(statement, ir.Assign) else statement
                reads = isinstance(access, ir.Expr) and access.op in ("getitem", "static_getitem")
                if reads or isinstance(access, ir.SetItem | ir.StaticSetItem):
                    state.calltypes[access] = _plain(state.calltypes.pop(access))
        return True


class _PartLibrary(JITCodeLibrary):  # type: ignore[misc]
    """Code to be linked into others: neither optimised nor made native by itself."""

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(NativeLowering):  # type: ignore[misc]
    """``NativeLowering`` to a ``_PartLibrary``; stands in for the function that Python could call."""

    _name = "lower_part"

    def run_pass(self, state: Any) -> bool:
        state.library = _PartLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        stands_in: Any = [].append  # numba knows functions by what Python would call: a builtin, one for each
        state.targetctx.insert_user_function(stands_in, state.cr.fndesc, [state.library])
        state.cr = state.cr._replace(cfunc=stands_in)
        return True


def _compiler(lowering: type[NativeLowering]) -> type[CompilerBase]:
    """Numba's compiler with those of its passes that such functions need, ours, and ``lowering``."""

    class Plain(CompilerBase):  # type: ignore[misc]
        def define_pipelines(self) -> list[PassManager]:
            passes = PassManager("plain")
            for one in (*_UNTYPED, *_TYPED, _UnsignedIndices, IRLegalization, AnnotateTypes, lowering, NoPythonBackend):
                passes.add_pass(one, one.__name__)
            passes.finalize()
            return [passes]

    return Plain


_UNTYPED = (
    TranslateByteCode,
    FixupArgs,
    IRProcessing,
    RewriteSemanticConstants,
    DeadBranchPrune,
    GenericRewrites,
    ReconstructSSA,
)
_TYPED = (NopythonTypeInference, PreLowerStripPhis)

Whole = _compiler(NativeLowering)
"""Compiles functions that Python calls."""

Part = _compiler(_LowerPart)
"""Compiles functions that only compiled code calls."""
