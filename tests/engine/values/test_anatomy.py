"""anatomy.py: how the tensors of a call lie in memory, and the graph behind its result."""

import pytest
import torch

from torchkata.values.anatomy import CELLS, NODES, NodeSeen, call_seen

x = torch.arange(6.0).reshape(2, 3)


def seen(result, **arguments):
    return call_seen("f", arguments, result, ended=True)


@pytest.mark.parametrize(
    ("result", "stride", "offset", "plain"),
    [
        (x.t(), (1, 3), 0, False),
        (x[1:], (3, 1), 3, False),
        (x[:, 1], (3,), 1, False),
        (x[1, 1], (), 4, False),
        (x.view(1, 6), (6, 1), 0, True),
        (x[:1].expand(2, 3), (0, 1), 0, False),
    ],
)
def test_a_view_lies_in_the_storage_of_its_base(result, stride, offset, plain):
    call = seen(result, x=x)
    assert [each.storage for each in call.tensors] == [0, 0]
    (storage,) = call.storages
    assert (storage.dtype, storage.size, storage.values) == ("float32", 6, (0, 1, 2, 3, 4, 5))
    _, lying = call.tensors
    assert (lying.names, lying.stride, lying.offset) == (("result",), stride, offset)
    assert lying.is_plain is plain


def test_elements_are_walked_row_by_row():
    _, lying = seen(x.t(), x=x).tensors
    assert lying.places(3) == [((0, 0), 0), ((0, 1), 3), ((1, 0), 1)]


def test_a_copy_has_a_storage_of_its_own_and_what_is_returned_has_two_names():
    assert [each.storage for each in seen(x.clone(), x=x).tensors] == [0, 1]
    (lying,) = seen(x, x=x).tensors
    assert lying.names == ("x", "result")


def test_of_a_large_storage_a_part_is_taken_from_where_the_tensors_begin():
    base = torch.arange(1000)
    (storage,) = seen(base[500:], y=base[400:]).storages
    assert (storage.size, storage.start) == (1000, 400)
    assert storage.values == tuple(range(400, 400 + CELLS))


@pytest.mark.parametrize(
    "tensor",
    [torch.empty(0), torch.empty(2, device="meta"), torch.eye(2).to_sparse()],
    ids=["empty", "meta", "sparse"],
)
def test_what_has_no_memory_to_read_is_left_out(tensor):
    call = seen(tensor, x=tensor)
    assert (call.storages, call.tensors) == ((), ())


def test_a_conjugate_is_seen_as_its_memory_is():
    z = torch.tensor([1 + 2j])
    (storage,) = seen(z.conj(), z=z).storages
    assert storage.values == (1 + 2j,)


def test_the_graph_leads_from_the_result_to_leaves_and_arguments():
    leaf = torch.ones(2, requires_grad=True)
    source = 2 * leaf
    weight = torch.ones(3, 1, requires_grad=True)  # no argument, as in a closure
    graph = seen((leaf * source + weight).sum(), leaf=leaf, source=source).graph
    assert graph.requires_grad
    assert graph.nodes == (
        NodeSeen("SumBackward0", "operation", (1,)),
        NodeSeen("AddBackward0", "operation", (2, 3)),
        NodeSeen("MulBackward0", "operation", (4, 5)),
        NodeSeen("leaf (3, 1)", "leaf"),
        NodeSeen("leaf", "leaf"),
        NodeSeen("source", "source"),
    )
    assert graph.cut_off == ()


def test_what_is_not_reached_is_cut_off():
    one, other = (torch.ones(2, requires_grad=True) for _ in range(2))
    graph = seen(one * other.detach(), one=one, other=other).graph
    assert (graph.reached, graph.cut_off) == (("one",), ("other",))
    assert seen(one.detach(), one=one).graph.cut_off == ("one",)
    assert not seen(one.detach(), one=one).graph.requires_grad


def test_where_nothing_new_is_returned_there_is_no_graph():
    leaf = torch.ones(2, requires_grad=True)
    assert seen(None, x=leaf).graph is None
    assert seen(leaf, x=leaf).graph is None


def test_a_long_graph_is_walked_in_part():
    leaf = torch.ones(2, requires_grad=True)
    result = leaf
    for _ in range(3 * NODES):
        result = result + 1
    graph = seen(result, x=leaf).graph
    assert (len(graph.nodes), graph.whole, graph.cut_off) == (NODES, False, ())
