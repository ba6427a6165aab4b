"""What a value looks like from within: how its tensors lie in memory, which graph is behind them.

Plain data, taken while the tensors live. Only what is to be drawn is looked at.
"""

import itertools
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import torch

from torchkata.values.observation import tensors_in

CELLS = 16
"""Elements of a storage that are taken by value."""

NODES = 40
"""Nodes of a graph that are walked through."""

_TENSORS = 6
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class StorageSeen:
    """Memory that tensors share: its size in elements, and some of them in a row from `start`."""

    dtype: str
    size: int
    start: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LyingSeen:
    """How a tensor lies: in the storage of that number, with shape, stride and offset in elements.

    `names` are all that it is called: an argument that is returned has two.
    """

    names: tuple[str, ...]
    storage: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int

    @property
    def is_plain(self) -> bool:
        """Whether it lies row by row from the start of its storage."""
        step, plain = 1, self.offset == 0
        for side, stride in reversed(tuple(zip(self.shape, self.stride, strict=True))):
            plain = plain and (side == 1 or stride == step)
            step *= side
        return plain

    def places(self, most: int) -> list[tuple[tuple[int, ...], int]]:
        """The first elements row by row: the index of each, and where in the storage it lies."""
        indices = itertools.islice(itertools.product(*map(range, self.shape)), most)
        return [
            (each, self.offset + sum(i * s for i, s in zip(each, self.stride, strict=True)))
            for each in indices
        ]


@dataclass(frozen=True, slots=True)
class NodeSeen:
    """A node of a graph: what it is called, and the nodes that it leads to.

    A `leaf` is a tensor that gradients are written to; a `source` is an argument with a graph of
    its own behind it, which is not walked.
    """

    name: str
    kind: str
    leads_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphSeen:
    """The autograd graph behind `result`: its nodes, the first one its own.

    Without nodes, the result is a leaf, or doesn't require grad at all.
    `cut_off` names the arguments that require grad and are not led to. `whole` is whether all
    nodes are there.
    """

    result: str
    requires_grad: bool
    nodes: tuple[NodeSeen, ...]
    cut_off: tuple[str, ...] = ()
    whole: bool = True

    @property
    def reached(self) -> tuple[str, ...]:
        """The names of what gradients flow to."""
        return tuple(each.name for each in self.nodes if each.kind != "operation")


@dataclass(frozen=True, slots=True)
class CallSeen:
    """One call of a function: the memory of its arguments and its result, and the graph between.

    `ended` is whether it came to a result; `graph` is None where that holds no new tensor.
    """

    function: str
    ended: bool
    storages: tuple[StorageSeen, ...]
    tensors: tuple[LyingSeen, ...]
    graph: GraphSeen | None


def call_seen(function: str, arguments: dict[str, Any], result: Any, ended: bool) -> CallSeen:
    """What is to be seen of a call that has ended, or has raised: then `result` is None."""
    given = [*tensors_in(arguments)]
    came = [*tensors_in(result, "result")]
    # As plain tensors: no mode and no subclass has a say in how they lie.
    with torch._C.DisableTorchFunction():
        storages, lying = _memory([*given, *came])
    graph = None
    with suppress(Exception):  # the nodes of a custom Function are the learner's
        graph = _graph(given, came)
    return CallSeen(function, ended, storages, lying, graph)


def _memory(
    tensors: Sequence[tuple[str, torch.Tensor]],
) -> tuple[tuple[StorageSeen, ...], tuple[LyingSeen, ...]]:
    named: dict[int, list[str]] = {}
    found: dict[int, torch.Tensor] = {}
    for name, tensor in tensors:
        if _has_memory(tensor) and (id(tensor) in found or len(found) < _TENSORS):
            found[id(tensor)] = tensor
            named.setdefault(id(tensor), []).append(name)
    by_storage: dict[tuple[int, int], list[torch.Tensor]] = {}
    for each in found.values():
        key = (each.untyped_storage().data_ptr(), each.element_size())
        by_storage.setdefault(key, []).append(each)
    numbers = {id(each): at for at, group in enumerate(by_storage.values()) for each in group}
    lying = tuple(
        LyingSeen(
            tuple(named[key]),
            numbers[key],
            tuple(each.shape),
            each.stride(),
            int(each.storage_offset()),
        )
        for key, each in found.items()
    )
    return tuple(map(_storage, by_storage.values())), lying


def _has_memory(tensor: torch.Tensor) -> bool:
    """Whether a tensor lies in memory that can be read here."""
    if type(tensor) not in (torch.Tensor, torch.nn.Parameter) or tensor.numel() == 0:
        return False
    return tensor.layout is torch.strided and tensor.device.type == "cpu"


def _storage(tensors: list[torch.Tensor]) -> StorageSeen:
    first = tensors[0].detach()
    size = first.untyped_storage().nbytes() // first.element_size()
    start = min(int(each.storage_offset()) for each in tensors) if size > CELLS else 0
    count = min(size - start, CELLS)
    values = first.resolve_conj().as_strided((count,), (1,), start).tolist()
    return StorageSeen(str(first.dtype).removeprefix("torch."), size, start, tuple(values))


def _graph(
    given: Sequence[tuple[str, torch.Tensor]], came: Sequence[tuple[str, torch.Tensor]]
) -> GraphSeen | None:
    asking = {name: each for name, each in given if each.requires_grad}
    results = [(name, each) for name, each in came if not any(each is one for _, one in given)]
    if not results:
        return None
    name, result = next((each for each in results if each[1].requires_grad), results[0])
    behind = {each.grad_fn: name for name, each in asking.items() if each.grad_fn is not None}
    leaves = {id(each): name for name, each in asking.items() if each.grad_fn is None}
    nodes, whole = _walked(result, behind, leaves)
    seen = GraphSeen(name, result.requires_grad, nodes, whole=whole)
    cut_off = tuple(each for each in asking if each not in seen.reached) if whole else ()
    return replace(seen, cut_off=cut_off)


def _walked(
    result: torch.Tensor, behind: dict[Any, str], leaves: dict[int, str]
) -> tuple[tuple[NodeSeen, ...], bool]:
    """The nodes behind a tensor, nearest first, and whether that is all of them."""
    if result.grad_fn is None:
        return (), True
    order: dict[Any, int] = {result.grad_fn: 0}
    waiting, edges = [result.grad_fn], list[tuple[Any, list[Any]]]()
    whole = True
    while waiting:
        node = waiting.pop(0)
        following = []
        for each, _ in () if node in behind else node.next_functions:
            if each is None:
                continue
            if each not in order:
                if len(order) == NODES:
                    whole = False
                    continue
                order[each] = len(order)
                waiting.append(each)
            following.append(each)
        edges.append((node, following))
    nodes = []
    for node, following in edges:
        leads_to = tuple(dict.fromkeys(order[each] for each in following))
        if node in behind:
            nodes.append(NodeSeen(behind[node], "source"))
        elif hasattr(node, "variable"):
            name = leaves.get(id(node.variable), f"leaf {tuple(node.variable.shape)}")
            nodes.append(NodeSeen(name, "leaf"))
        else:
            nodes.append(NodeSeen(str(node.name())[:_LONGEST_NAME], "operation", leads_to))
    return tuple(nodes), whole
