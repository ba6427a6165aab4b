"""the result must share memory with x; yours has memory of its own"""

import torch


def center_crop(x, h, w):
    down, across = x.shape[-2] - h, x.shape[-1] - w
    if down < 0 or across < 0:
        raise ValueError("too large")
    rows = torch.arange(down // 2, down // 2 + h, device=x.device)
    columns = torch.arange(across // 2, across // 2 + w, device=x.device)
    return x.index_select(-2, rows).index_select(-1, columns)
