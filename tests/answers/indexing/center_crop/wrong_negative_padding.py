"""the result must share memory with x; yours has memory of its own"""

import torch.nn.functional as F


def center_crop(x, h, w):
    down, across = x.shape[-2] - h, x.shape[-1] - w
    if down < 0 or across < 0:
        raise ValueError("too large")
    top, left = down // 2, across // 2
    return F.pad(x, (-left, left - across, -top, top - down))
