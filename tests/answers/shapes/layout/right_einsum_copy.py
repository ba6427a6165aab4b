"""einsum's letters; and an empty tensor that the values are copied into."""

import torch


def hwc_to_chw(x):
    return torch.einsum("...hwc->...chw", x).contiguous()


def chw_to_hwc(x):
    out = torch.empty(x.shape[:-3] + x.shape[-2:] + x.shape[-3:-2], dtype=x.dtype, device=x.device)
    for c in range(x.shape[-3]):
        out[..., c] = x[..., c, :, :]
    return out
