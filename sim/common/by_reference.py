"""Named tuples handed to compiled functions by reference.

Numba passes a tuple of arrays by value, seven machine words an array: a kernel whose functions share some sixty arrays
would spend its time, and the compiler's, on passing them on. ``by_reference(tuple)`` puts the tuple's value on the
stack of the function that calls it and gives a pointer to it, whose fields are read like the tuple's own. The pointer
must not outlive that function. Fields are never assigned to (the arrays behind them are), which the compiler is told,
so that it reads them once.
"""

from __future__ import annotations

import hashlib
from typing import Any

from numba.core import cgutils, types
from numba.core.datamodel.models import PointerModel
from numba.core.datamodel.registry import register_default
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic


class Reference(types.Type):
    """Type of a pointer to a named tuple of type ``of``."""

    def __init__(self, of: Any) -> None:
        self.of = of
        digest = hashlib.sha256(str(of).encode()).hexdigest()[:16]
        super().__init__(name=f"Reference({of.instance_class.__name__}, {digest})")


@register_default(Reference)
class _ReferenceModel(PointerModel):  # type: ignore[misc]
    def __init__(self, dmm: Any, fe_type: Reference) -> None:
        super().__init__(dmm, types.misc.CPointer(fe_type.of))


@infer_getattr
class _ReferenceAttributes(AttributeTemplate):  # type: ignore[misc]
    key = Reference

    def generic_resolve(self, reference: Reference, name: str) -> types.Type | None:
        of = reference.of
        return of.types[of.fields.index(name)] if name in of.fields else None


@lower_getattr_generic(Reference)
def _load_field(context: Any, builder: Any, reference: Reference, pointer: Any, name: str) -> Any:
    of = reference.of
    index = of.fields.index(name)
    data = cgutils.gep_inbounds(builder, pointer, 0, index)
    before = len(builder.block.instructions)
    value = context.data_model_manager[of.types[index]].load_from_data_pointer(builder, data)
    never_changes = builder.module.add_metadata([])
    for instruction in builder.block.instructions[before:]:
        if instruction.opname == "load":
            instruction.set_metadata("invariant.load", never_changes)
    return value


@intrinsic
def by_reference(typingctx, value):
    """A pointer to a named tuple, valid as long as the calling function runs."""
    reference = Reference(value)

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.data_model_manager[value].as_data(builder, arguments[0])
        pointer = cgutils.alloca_once(builder, data.type)
        builder.store(data, pointer)
        return pointer

    return reference(value), codegen
