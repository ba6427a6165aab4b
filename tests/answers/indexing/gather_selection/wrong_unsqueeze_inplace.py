"""the call must leave it alone

unsqueeze_ with the underscore changes the caller's index.
"""

from torch import Tensor


def select(x: Tensor, index: Tensor) -> Tensor:
    return x.gather(-1, index.unsqueeze_(-1)).squeeze(-1)
