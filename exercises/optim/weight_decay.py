"""Weight decay, in the gradient and beside it.

L2 regularisation adds (wd / 2) · ‖p‖² to the loss. The gradient of that is wd * p: the ½ is there
to take away the 2 that comes from the square. Decoupled weight decay leaves the gradient alone and
shrinks p beside the step. An optimizer makes a direction of the gradient, and there they part:

    L2            p = p - lr * direction(grad + wd * p)
    decoupled     p = p - lr * direction(grad) - lr * wd * p

Plain gradient descent follows the gradient itself: the two are the same. So "L2 regularisation is
weight_decay" is true of SGD alone. Adam divides each gradient by its recent size; its first step
is nearly lr * sign(grad). A penalty in the gradient is divided with it, and weights with large
gradients hardly decay. So Adam(weight_decay=wd), which is L2, and AdamW, decoupled, differ.

Write both: `sgd_l2_step`, whose direction is the gradient itself, and `decoupled_step`, which is
given a direction. In both:

- Each p on the right hand side is the parameter as it was before the step.
- The parameter is written to in place, visibly to autograd, as in sgd_update: the same object in
  the same memory, still a leaf that requires grad, its _version higher than before.
- After the step .grad is the tensor that it was, unchanged.
- Where .grad is None, the parameter stays as it was: it does not decay either.
- `params` can be any iterable, such as the generator that model.parameters() returns, and also
  empty.
- Gradient recording, on or off, is after the call as it was.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor


def sgd_l2_step(params: Iterable[Tensor], lr: float, wd: float) -> None:
    """Take a step of gradient descent on the loss with (wd / 2) · ‖p‖² added for each parameter.

    Args:
        params: leaf tensors that require grad, each of any shape, of float32 or float64, on any
            device. Each occurs once. Their .grad, None or a tensor like them, is that of the loss
            without the penalty.
        lr: the learning rate, a positive number.
        wd: the factor of the penalty, 0 or more.

    Returns:
        None. The parameters are changed.

    >>> weight = torch.tensor([4.0], requires_grad=True)
    >>> weight.grad = torch.tensor([2.0])
    >>> sgd_l2_step([weight], lr=0.5, wd=0.25)
    >>> weight
    tensor([2.5000], requires_grad=True)
    """
    raise NotImplementedError


def decoupled_step(
    params: Iterable[Tensor],
    lr: float,
    wd: float,
    direction: Callable[[Tensor], Tensor] | None = None,
) -> None:
    """Take a step in a direction made of the gradient, and shrink the parameters beside it.

    Args:
        params: as for sgd_l2_step.
        lr: the learning rate, a positive number, of the step and of the decay.
        wd: the decay, 0 or more.
        direction: takes a gradient, does not write to it, and returns a tensor like it. It looks at
            nothing else. None stands for the gradient itself.

    Returns:
        None. The parameters are changed.

    >>> weight = torch.tensor([4.0], requires_grad=True)
    >>> weight.grad = torch.tensor([2.0])
    >>> decoupled_step([weight], lr=0.5, wd=0.25, direction=torch.sign)
    >>> weight
    tensor([3.], requires_grad=True)
    """
    raise NotImplementedError
