"""without making or using tensors"""

import torch
from torch import nn

CASES = {
    "parameter": "m.t = nn.Parameter(torch.ones(2))",
    "tensor": "m.t = torch.ones(2)",
}


def registered(case):
    m = nn.Module()
    exec(CASES.get(case, CASES["parameter"]), {"m": m, "torch": torch, "nn": nn})
    return bool(list(m.parameters())), bool(list(m.buffers())), bool(m.state_dict())
