"""Gradient descent with momentum.

Plain gradient descent forgets: each step follows the gradient of the moment. Momentum keeps a
buffer for each parameter, a decaying sum of its gradients, and follows that, as torch.optim.SGD
does:

    a parameter's first gradient    buffer = gradient
    each later one                  buffer = momentum * buffer + (1 - dampening) * gradient

    the step                        p = p - lr * buffer
    the step with nesterov=True     p = p - lr * (gradient + momentum * buffer), with the new buffer

With momentum 0.5, dampening 0 and a gradient that is always 1, the buffer is 1, 1.5, 1.75, …
The first gradient is not damped. The learning rate has no part in the buffer: many books put it
there, which comes to the same only while lr does not change.

Write the class `Momentum`.

- A step writes to the parameters in place, visibly to autograd, as in sgd_update: the same objects
  in the same memory, still leaves, their _version higher than before.
- A parameter whose .grad is None is passed over: it stays, and so does its buffer. Its first
  gradient can come at any step.
- After the step .grad is the tensor that it was, unchanged. The buffer has memory of its own:
  whoever makes a gradient may write the next one to the same memory.
- The attribute `lr` is the learning rate. Who sets it between two steps changes that of the next.
- `params` can be any iterable, such as the generator that model.parameters() returns.
- Gradient recording, on or off, is after a step as it was.
"""

from collections.abc import Iterable

import torch
from torch import Tensor


class Momentum:
    """Gradient descent with momentum, for some parameters.

    Args:
        params: leaf tensors that require grad, each of any shape, of float32 or float64, on any
            device. Each occurs once.
        lr: the learning rate, a positive number.
        momentum: what is left of the buffer at each step: above 0, below 1.
        dampening: how much of a later gradient is held back: at least 0, below 1.
        nesterov: whether to look ahead. Only with dampening 0.

    >>> weight = torch.tensor([4.0], requires_grad=True)
    >>> optimizer = Momentum([weight], lr=1.0, momentum=0.5)
    >>> weight.grad = torch.tensor([1.0])
    >>> optimizer.step()
    >>> weight
    tensor([3.], requires_grad=True)
    >>> optimizer.step()
    >>> weight
    tensor([1.5000], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        momentum: float,
        dampening: float = 0,
        nesterov: bool = False,
    ) -> None:
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.dampening = dampening
        self.nesterov = nesterov
        self.buffers: dict[Tensor, Tensor] = {}

    def step(self) -> None:
        """Take one step with the gradients that the parameters have now.

        Returns:
            None. The parameters are changed.
        """
        with torch.no_grad():
            for param in self.params:
                if param.grad is None:
                    continue
                if param in self.buffers:
                    buffer = self.buffers[param].mul_(self.momentum)
                    buffer.add_(param.grad, alpha=1 - self.dampening)
                else:
                    buffer = self.buffers[param] = param.grad.clone()
                if self.nesterov:
                    param.sub_(param.grad.add(buffer, alpha=self.momentum), alpha=self.lr)
                else:
                    param.sub_(buffer, alpha=self.lr)


HINTS = (
    "What must outlive a step? It is kept by the instance, for each parameter apart. And a "
    "generator can be walked only once.",
    "Whether a gradient is a parameter's first can't be told by counting steps. It can be told by "
    "whether the parameter has a buffer.",
    "If the buffer begins as p.grad itself, a write to one is a write to the other. Begin with a "
    "copy.",
    "With nesterov the step needs a sum of the gradient and a multiple of the buffer. Make a new "
    "tensor of it: neither of the two may change.",
)

TAKE_ALONG = (
    "Momentum adds up gradients, not steps: lr stays outside the buffer. A buffer is state, which "
    "must be saved with the model to go on from a checkpoint."
)

APPROACH = (
    "A dict from parameter to buffer tells by itself which parameters have had a gradient. Tensors "
    "as keys are told apart by identity, not by value. With nesterov=True and foreach, its default "
    "on CUDA, torch's own SGD writes the sum into .grad."
)
