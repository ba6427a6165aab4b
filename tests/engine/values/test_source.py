"""source.py: values as code that makes them again."""

from math import inf, nan

import numpy as np
import pytest
import torch

from torchkata.devices import sim
from torchkata.values.observation import seen
from torchkata.values.pairs import compare_values
from torchkata.values.source import SIM, WIDTH, Unwritable, Writer

BASE = torch.arange(12.0)

VALUES = {
    "numbers": (0, -1, True, 2**70, 0.1, -0.0, 1e300, inf, -inf, nan, 1 + 2j, complex(nan, 0)),
    "texts": ("a'b\"\n", b"\x00", None, "…"),
    "containers": [[], (), (1,), {"a": [1, (2, 3)], 4: None}, range(3), slice(1, None)],
    "types": (torch.float64, torch.bfloat16, torch.Size([2, 3]), torch.device("cpu")),
    "scalar": torch.tensor(1 / 3),
    "float64": torch.tensor([1 / 3, 1e300, nan, -inf, -0.0], dtype=torch.float64),
    "float16": torch.tensor([0.1, 65504, 6e-8], dtype=torch.float16),
    "bfloat16": torch.tensor([0.1, 3e38], dtype=torch.bfloat16),
    "int64": torch.tensor([2**53 + 1, -(2**63)]),
    "uint8": torch.tensor([[255], [0]], dtype=torch.uint8),
    "bool": torch.tensor([[True, False]]),
    "complex64": torch.tensor([1 + 2j]),
    "wide": torch.randn(5, 20, generator=torch.Generator().manual_seed(0)),
    "four dims": torch.arange(24).view(2, 3, 2, 2),
    "transposed": torch.arange(6).view(2, 3).T,
    "part": BASE[3:9].view(2, 3),
    "steps": BASE[::2],
    "expanded": torch.tensor([1.0, 2.0]).expand(3, 2),
    "permuted": torch.arange(24.0).view(2, 3, 4).permute(2, 0, 1),
    "empty": torch.empty(0),
    "empty int64": torch.empty(0, dtype=torch.int64),
    "no rows": torch.empty(0, 3, dtype=torch.bool),
    "no columns": torch.empty(2, 0, dtype=torch.float64),
    "grad": torch.zeros(2, requires_grad=True),
    "transposed grad": torch.ones(3, 2).T.requires_grad_(),
    "parameter": torch.nn.Parameter(torch.ones(2)),
    "frozen": torch.nn.Parameter(torch.ones(2), requires_grad=False),
    "array": np.arange(6, dtype=np.int16).reshape(2, 3),
    "array of columns": np.arange(6.0).reshape(2, 3).T,
    "big-endian": np.array([1.5, nan], dtype=">f4"),
    "empty array": np.empty((0, 2), dtype=np.float32),
}
if sim.missing() is None:
    sim.register()
    VALUES["sim"] = torch.ones(2, 3, device="sim")
    VALUES["sim's columns"] = torch.ones(3, 2, device="sim").T


@pytest.mark.parametrize("name", VALUES)
def test_the_code_makes_the_value_again(name):
    value = VALUES[name]
    writer = Writer()
    text = writer.written(value)
    namespace = {}
    exec("\n".join([*writer.imports, f"made = {text}"]), namespace)
    made = namespace["made"]
    assert compare_values(seen(value), seen(made), (0.0, 0.0)) is None
    assert type(made) is type(value)
    if isinstance(value, torch.Tensor):
        assert made.stride() == value.stride()
        assert made.storage_offset() == value.storage_offset()
        assert (made.requires_grad, made.is_leaf) == (value.requires_grad, True)
        assert all(len(line) <= WIDTH + 40 for line in text.split("\n"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (torch.tensor([[1.0, 2.0]]), "torch.tensor([[1.0, 2.0]])"),
        (torch.tensor([0.1]), "torch.tensor([0.1])"),
        (torch.tensor([1], dtype=torch.int8), "torch.tensor([1], dtype=torch.int8)"),
        (torch.zeros(1, requires_grad=True), "torch.tensor([0.0], requires_grad=True)"),
        (torch.tensor([[1, 2], [3, 4]]).T, "torch.tensor([[1, 2], [3, 4]]).T"),
        (BASE[:3][1:], f"torch.tensor({BASE.tolist()}).as_strided((2,), (1,), 1)"),
        ([1, "a", (nan,)], "[1, 'a', (nan,)]"),
    ],
)
def test_it_reads_well(value, text):
    assert Writer().written(value).replace("\n" + " " * 14, " ") == text


def test_what_the_code_needs_is_imported():
    writer = Writer()
    writer.written([torch.tensor(inf), np.zeros(1)])
    assert [*writer.imports] == [
        *("import torch", "from math import inf, nan", "import numpy as np")
    ]
    if sim.missing() is None:
        writer.written(torch.ones(1, device="sim"))
        assert SIM in writer.imports


@pytest.mark.parametrize(
    "value",
    [
        lambda x: x,
        torch.nn.Linear(1, 1),
        torch.ones(1, requires_grad=True) * 2,
        torch.ones(100_000),
        torch.eye(2).to_sparse(),
        np.array([{}], dtype=object),
        np.arange(8.0).reshape(2, 2, 2)[:, :, 0],
        torch.Generator(),
    ],
)
def test_what_can_not_be_written_says_so(value):
    with pytest.raises(Unwritable):
        Writer().written([value])
