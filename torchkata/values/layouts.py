"""How a tensor can lie in its storage."""

import torch
from hypothesis.errors import InvalidArgument

LAYOUTS = ("contiguous", "transposed", "sliced", "offset", "expanded")
"""How a tensor can lie in its storage; `laid_out` says what each means."""


def laid_out(values: torch.Tensor, layout: str) -> torch.Tensor:
    """A tensor of the same shape and values as a contiguous one, lying as `layout` says.

    transposed: its dimensions are stored in reverse order. sliced: every second element of a
    longer storage. offset: starts behind the storage's first elements. expanded: the first
    dimension has stride 0, so all its slices have the values of the first one; where there is
    none of a length over 1, as contiguous.
    """
    if layout not in LAYOUTS:
        raise InvalidArgument(f"{layout=} must be one of {', '.join(LAYOUTS)}")
    if layout == "transposed":
        backwards = tuple(reversed(range(values.dim())))
        return values.permute(backwards).contiguous().permute(backwards)
    if layout == "sliced" and values.dim() > 0:
        wide = values.new_zeros((*values.shape[:-1], values.shape[-1] * 2))
        wide[..., ::2] = values
        return wide[..., ::2]
    if layout == "offset":
        flat = torch.cat([values.new_zeros(3), values.reshape(-1)])
        return flat[3:].view(values.shape)
    if layout == "expanded" and values.dim() > 0 and values.shape[0] > 1:
        return values[:1].clone().expand(values.shape)
    return values
