"""Properties and misconceptions of persistence/save_slice."""

import tempfile
from pathlib import Path

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

KINDS = (
    *(torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.complex64),
    *(torch.int64, torch.uint8, torch.bool),
)
CUTS = {
    "the first rows": lambda table: table[:2],
    "a row": lambda table: table[3],
    "a column": lambda table: table[:, 2],
    "every second": lambda table: table[1::2, ::3],
    "a number": lambda table: table[4, 1],
    "transposed": lambda table: table.T[1:3],
    "nothing": lambda table: table[2:2],
    "all": lambda table: table,
}
APART = ("a column", "every second", "transposed")
MARGIN = 4096
"""Bytes of a file that are not numbers: an empty tensor takes about 1,100."""


def tables(kinds=KINDS, cuts=tuple(CUTS)):
    shape = st.sampled_from(((5, 6), (6, 5)))
    return st.fixed_dictionaries(
        {
            "table": st.tensors(shape, st.dtypes(*kinds), layouts=["contiguous"], special=True),
            "cut": st.sampled_from(cuts),
        }
    )


class Whole(torch.nn.Module):
    """Holds a table as a parameter."""

    def __init__(self, table):
        super().__init__()
        self.table = torch.nn.Parameter(table)


def saved(save_slice, x, folder):
    """What is loaded again of a tensor that was saved."""
    path = Path(folder, "slice.pt")
    save_slice(path, x)
    return torch.load(path)


def room(tensor):
    """How large a tensor's storage is."""
    return {"bytes of the storage": tensor.untyped_storage().nbytes()}


def needed(tensor):
    return {"bytes of the storage": tensor.numel() * tensor.element_size()}


@forall(
    tables(),
    examples=20,
    strata={"a dtype that numpy lacks": tables(kinds=(torch.bfloat16,))},
)
def test_saves_the_values(impl, table, cut):
    """What is loaded has the values, shape, dtype and device of x."""
    x = CUTS[cut](table)
    with tempfile.TemporaryDirectory() as folder:
        found = saved(impl.save_slice, x, folder)
    assert_same(found, CUTS[cut](table).clone())
    return found


@forall(tables(cuts=APART), examples=8)
def test_saves_a_slice_alone(impl, table, cut):
    """What is loaded of a column or the like has a storage for its elements, and no more."""
    x = CUTS[cut](table)
    with tempfile.TemporaryDirectory() as folder:
        found = saved(impl.save_slice, x, folder)
    assert_same(room(found), needed(CUTS[cut](table)))
    return room(found)


@forall(tables(), examples=12)
def test_saves_rows_alone(impl, table, cut):
    """What is loaded of rows, which lie together, has a storage for its elements too."""
    x = CUTS[cut](table)
    with tempfile.TemporaryDirectory() as folder:
        found = saved(impl.save_slice, x, folder)
    assert_same(room(found), needed(CUTS[cut](table)))
    return room(found)


@forall(x=st.tensors(dtype=st.dtypes(*KINDS)), as_text=st.booleans(), examples=16)
def test_saves_any_layout(impl, x, as_text):
    """Any shape and layout is saved, expanded ones too; the path may be a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "slice.pt")
        impl.save_slice(path=str(path) if as_text else path, x=x)
        found = torch.load(path)
    assert_same((found, room(found)), (x.clone(), needed(x)))
    return found, room(found)


@forall(start=st.integers(0, 90_000), rows=st.integers(0, 5), examples=5)
def test_the_file_is_small(impl, start, rows, device):
    """The file of a few numbers out of many is small."""
    table = torch.arange(200_000, device=device).view(100_000, 2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "slice.pt")
        impl.save_slice(path, table[start : start + rows])
        size = path.stat().st_size
    assert size < MARGIN, (
        f"The file has {size:,} bytes, for {2 * rows} numbers of 8 bytes each. The rest of the "
        "storage is in it."
    )
    return size < MARGIN


@forall(
    tables(kinds=(torch.float32, torch.float64)),
    of=st.sampled_from(("leaf", "graph", "module")),
    strata={"a leaf itself": {"cut": st.just("all"), "of": st.sampled_from(("leaf", "module"))}},
)
def test_leaves_the_graph_behind(impl, table, cut, of):
    """What is loaded doesn't require grad, and x stays what it was."""
    table = Whole(table).table if of == "module" else table.clone().requires_grad_()
    x = CUTS[cut](table * 1 if of == "graph" else table)
    with tempfile.TemporaryDirectory() as folder:
        found = saved(impl.save_slice, x, folder)
    assert_same(found, CUTS[cut](table).detach().clone())
    return found, x, x.requires_grad, x.is_leaf, table.grad


@forall(tables(kinds=(torch.float32,)), second=tables(kinds=(torch.int64,)), examples=6)
def test_overwrites(impl, table, cut, second):
    """A file that is there is overwritten."""
    with tempfile.TemporaryDirectory() as folder:
        saved(impl.save_slice, CUTS[cut](table), folder)
        found = saved(impl.save_slice, CUTS[second["cut"]](second["table"]), folder)
    assert_same(found, CUTS[second["cut"]](second["table"]).clone())
    return found


@misconception(
    of="save_slice",
    says="torch.save writes the whole storage that x is a view of.",
)
def saves_the_storage(path, x):
    torch.save(x.detach(), path)


@misconception(
    of="save_slice",
    says="contiguous() copies only where x isn't contiguous. The first rows of a table are, and "
    "stay a view of it.",
)
def trusts_contiguous(path, x):
    torch.save(x.detach().contiguous(), path)


@misconception(
    of="save_slice",
    says="reshape, flatten and view give a view where they can, and no copy then.",
)
def trusts_reshape(path, x):
    torch.save(x.detach().reshape(-1).reshape(x.shape), path)


@misconception(
    of="save_slice",
    says="Where x requires grad its clone does too, and what is loaded is a leaf that requires "
    "grad. Cut it off.",
)
def clones_with_the_graph(path, x):
    torch.save(x.clone(), path)


@misconception(
    of="save_slice",
    says="A list of numbers has no dtype and no device: torch.load must give the tensor.",
)
def saves_a_list(path, x):
    torch.save(x.tolist(), path)


@misconception(
    of="save_slice",
    says="A tensor made from a list has the default dtype, and lies on the CPU.",
)
def goes_by_way_of_a_list(path, x):
    torch.save(torch.tensor(x.tolist()).reshape(x.shape), path)


@misconception(
    of="save_slice",
    says="The copy lies on the CPU, wherever x was. torch.load is to give it back on the device of "
    "x.",
)
def moves_to_the_cpu(path, x):
    torch.save(x.detach().cpu().clone(), path)


@misconception(
    of="save_slice",
    says="A numpy array is not what torch.load takes without further arguments.",
)
def saves_an_array(path, x):
    torch.save(np.array(x.detach().cpu()), path)
