"""How an operator of ATen runs on sim tensors: on the CPU, after the checks of CUDA.

Kernels are below autograd, vmap and dispatch modes, which have had their turn by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import torch
from torch import Tensor

from torchkata.devices import sim_checks
from torchkata.devices.sim_generators import lend_generator
from torchkata.devices.sim_memory import CPU, CPU_KEYS, SIM, follow, lend, lend_output, to_device

_DisableTorchFunction = torch._C.DisableTorchFunction
_NATIVE = torch._C.DispatchKey.CompositeExplicitAutogradNonFunctional


class Kernel:
    """One operator on sim tensors.

    What its schema says is worked out once, since a call has only microseconds.
    """

    def __init__(self, op: Any, run: Callable[..., Any] | None = None) -> None:
        schema = op._schema
        self.op = op
        self.name: str = schema.name.rpartition("::")[2]
        arguments = schema.arguments
        types = [str(argument.type) for argument in arguments if not argument.kwarg_only]
        self.tensors = [i for i, t in enumerate(types) if t in ("Tensor", "Optional[Tensor]")]
        self.lists = [
            i for i, t in enumerate(types) if t in ("List[Tensor]", "List[Optional[Tensor]]")
        ]
        self.generators = [i for i, t in enumerate(types) if t == "Optional[Generator]"]
        self.names = [argument.name for argument in arguments]
        self.outs = [argument.name for argument in arguments if argument.is_out]
        self.returns = [_written(each, arguments) for each in schema.returns]
        self.in_place = self.returns == [self.names[0]] if self.names else False
        self.single = self.returns == [None] and str(schema.returns[0].type) == "Tensor"

        iterates = sim_checks.iterates(op, self.name)
        # Of two tensors, one may be a CPU scalar. For more, torch's own check has to decide.
        self.takes_scalar = iterates and len(self.tensors) == 2
        self.checked_natively = (
            iterates and not self.outs and op.has_kernel_for_dispatch_key(_NATIVE)
        )
        self.check = sim_checks.check_of(self.name, iterates)

        self.takes_numbers = torch._C._should_allow_numbers_as_tensors(self.name)
        self.run = run or partial(op._handle.redispatch_boxed, CPU_KEYS)
        self.run_with_numbers = op
        if self.outs:
            self.run = partial(_run_resizing, self.run, self.outs)
            self.run_with_numbers = partial(_run_resizing, op, self.outs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Modes and subclasses see the user's calls, not what is asked of tensors here.
        with _DisableTorchFunction():
            run, mixed = self.run, False
            # Outputs come first, since lending them changes what inputs are lent as.
            lent_kwargs = {}
            for name, value in kwargs.items():
                lent_kwargs[name], foreign = self._lend_keyword(name, value)
                mixed |= foreign
            lent = list(args)
            for i in self.tensors:
                if i >= len(lent):
                    break
                tensor = lent[i]
                if not isinstance(tensor, Tensor):
                    if tensor is None:
                        continue
                    # A Python number in a tensor's place, as in x + 1.
                    if self.takes_numbers:
                        run = self.run_with_numbers
                    else:
                        lent[i] = _number_like(tensor, args)
                    continue
                if tensor.is_cpu:
                    scalar = self.takes_scalar and not tensor.dim()
                    mixed |= not scalar or (self.in_place and i == 0)
                elif (alias := lend(tensor)) is not None:
                    lent[i] = alias
                else:
                    mixed = True
            for i in self.generators:
                if i < len(lent) and lent[i] is not None:
                    lent[i] = lend_generator(lent[i])
            for i in self.lists:
                if i < len(lent):
                    lent[i], foreign = _lend_list(lent[i])
                    mixed |= foreign
            if mixed:
                if self.checked_natively:
                    return self.op._op_dk(_NATIVE, *args, **kwargs)
                self.check(self, args, kwargs)
            result = run(*lent, **lent_kwargs)
            if self.single:
                return to_device(result)
            if self.in_place:
                return args[0]
            return self._returned(result, args, kwargs)

    def tensors_of(
        self, args: Sequence[Any], kwargs: dict[str, Any]
    ) -> Iterator[tuple[str, Tensor]]:
        """The tensors of a call with their names, in the order in which ATen checks them."""
        named = dict(zip(self.names, args, strict=False)) | kwargs
        for name in sorted(named, key=lambda name: name not in self.outs):
            value = named[name]
            for each in value if isinstance(value, (list, tuple)) else [value]:
                if isinstance(each, Tensor):
                    yield name, each

    def _lend_keyword(self, name: str, value: Any) -> tuple[Any, bool]:
        if isinstance(value, Tensor):
            alias = lend_output(value) if name in self.outs else _lend_operand(value)
            return (value, True) if alias is None else (alias, False)
        if isinstance(value, torch._C.Generator):
            return lend_generator(value), False
        if isinstance(value, torch.device) and value.type == SIM.type:
            if value.index:
                raise RuntimeError(f"{SIM.type} error: invalid device ordinal")
            return CPU, False
        if isinstance(value, (list, tuple)):
            return _lend_list(value)
        return value, False

    def _returned(self, result: Any, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        if len(self.returns) == 1:
            return self._settle(self.returns[0], result, args, kwargs)
        if not self.returns:
            return None
        pairs = zip(self.returns, result, strict=True)
        return tuple(self._settle(name, each, args, kwargs) for name, each in pairs)

    def _settle(self, name: str | None, host: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """What the caller gets for one result: the argument it was written to, or a new tensor."""
        if name is None:
            return _to_device_deep(host)
        if name not in self.outs:
            return args[self.names.index(name)]
        follow(kwargs[name], host)
        return kwargs[name]


def _written(returned: Any, arguments: Sequence[Any]) -> str | None:
    """The name of the argument that a return is the same tensor as."""
    if returned.alias_info is None or not returned.alias_info.is_write:
        return None
    for argument in arguments:
        info = argument.alias_info
        if info is not None and info.before_set == returned.alias_info.before_set:
            return str(argument.name)
    return None


def _number_like(number: Any, args: Sequence[Any]) -> Tensor:
    """A tensor of `number` that decides nothing about the type of the result."""
    tensor = next(each for each in args if isinstance(each, Tensor))
    return torch.tensor(number).to(torch.result_type(tensor, number))


def _lend_operand(tensor: Tensor) -> Tensor | None:
    return None if tensor.is_cpu else lend(tensor)


def _lend_list(values: Any) -> tuple[list[Any], bool]:
    """Aliases of the tensors in a list, and whether one is not on sim."""
    lent, foreign = [], False
    for value in values:
        if isinstance(value, Tensor):
            alias = _lend_operand(value)
            foreign |= alias is None
            lent.append(value if alias is None else alias)
        else:
            lent.append(value)
    return lent, foreign


def _to_device_deep(host: Any) -> Any:
    if isinstance(host, Tensor):
        return to_device(host)
    if isinstance(host, (list, tuple)):
        return [_to_device_deep(each) for each in host]
    return host


def _run_resizing(
    run: Callable[..., Any], outs: Sequence[str], /, *args: Any, **kwargs: Any
) -> Any:
    """Run an operator with out=, giving an output that is too small new memory."""
    try:
        return run(*args, **kwargs)
    except RuntimeError as error:
        if "storage that is not resizable" not in str(error):
            raise
    fresh = {name: torch.empty(0, dtype=kwargs[name].dtype) for name in outs}
    return run(*args, **kwargs | fresh)


@cache
def kernel_of(op: Any) -> Kernel:
    """The kernel of an operator, made when it is asked for first."""
    return Kernel(op)


def run_kernel(op: Any, *args: Any, **kwargs: Any) -> Any:
    """Run an operator on sim tensors."""
    return kernel_of(op)(*args, **kwargs)
