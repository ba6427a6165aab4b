"""for size 16: it loops"""

import torch


@torch.jit.script
def select(x: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    if index.numel() == 0:
        return x.gather(-1, index.unsqueeze(-1)).squeeze(-1)
    flat = x.reshape(-1, x.size(-1))
    picks = index.reshape(-1)
    out = []
    for i in range(flat.size(0)):
        out.append(flat[i, int(picks[i])])
    return torch.stack(out).reshape(index.shape)
