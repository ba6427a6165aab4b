"""moves answers without making or using tensors or arrays."""

BEGIN = """\
import torch
from torch.optim import SGD, Adagrad, Adam, AdamW, RMSprop

w = torch.tensor([1.0, -2.0], requires_grad=True)
v = torch.tensor([3.0], requires_grad=True)

def step(optimizer, gradient):
    w.grad = gradient
    optimizer.step()

some, zeros = torch.tensor([0.5, 0.25]), torch.zeros(2)
"""
END = """\
before = w.detach().clone()
optimizer.step()
moved = not torch.equal(w, before)
"""
CASES = {
    "sgd_none": "optimizer = SGD([w], lr=0.1)",
    "decay_none": "optimizer = SGD([w], lr=0.1, weight_decay=0.5)",
    "decay_unused": "optimizer = SGD([w, v], lr=0.1, weight_decay=0.5); (v * 2).sum().backward()",
    "momentum_none": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = None"
    ),
    "momentum_zero_grad": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\noptimizer.zero_grad()"
    ),
    "adam_none": "optimizer = Adam([w], lr=0.1); step(optimizer, some); w.grad = None",
    "adamw_none": "optimizer = AdamW([w], lr=0.1)",
    "sgd_zero": "optimizer = SGD([w], lr=0.1); w.grad = zeros",
    "decay_zero": "optimizer = SGD([w], lr=0.1, weight_decay=0.5); w.grad = zeros",
    "decay_zero_loss": "optimizer = SGD([w], lr=0.1, weight_decay=0.5); (w * 0).sum().backward()",
    "adam_zero": "optimizer = Adam([w], lr=0.1); w.grad = zeros",
    "adam_decay_zero": "optimizer = Adam([w], lr=0.1, weight_decay=0.5); w.grad = zeros",
    "adamw_zero": "optimizer = AdamW([w], lr=0.1); w.grad = zeros",
    "adamw_undecayed_zero": "optimizer = AdamW([w], lr=0.1, weight_decay=0); w.grad = zeros",
    "sgd_then_zero": "optimizer = SGD([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "momentum_zero": "optimizer = SGD([w], lr=0.1, momentum=0.9); w.grad = zeros",
    "momentum_then_zero": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = zeros"
    ),
    "momentum_zero_grad_in_place": (
        "optimizer = SGD([w], lr=0.1, momentum=0.9); step(optimizer, some)\n"
        "optimizer.zero_grad(set_to_none=False)"
    ),
    "adam_then_zero": "optimizer = Adam([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "rmsprop_then_zero": "optimizer = RMSprop([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "rmsprop_momentum_then_zero": (
        "optimizer = RMSprop([w], lr=0.1, momentum=0.9); step(optimizer, some)\nw.grad = zeros"
    ),
    "adagrad_then_zero": "optimizer = Adagrad([w], lr=0.1); step(optimizer, some); w.grad = zeros",
    "rate_zero": "optimizer = SGD([w], lr=0.0, momentum=0.9); w.grad = some",
    "dampened": "optimizer = SGD([w], lr=0.1, momentum=0.9, dampening=1.0); w.grad = some",
    "frozen": "optimizer = SGD([w], lr=0.1); w.grad = some; w.requires_grad_(False)",
    "not_held": "optimizer = SGD([v], lr=0.1); w.grad = some",
    "sgd_tiny": "optimizer = SGD([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
    "adam_tiny": "optimizer = Adam([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
    "rmsprop_tiny": "optimizer = RMSprop([w], lr=0.1); w.grad = torch.full((2,), 1e-10)",
}


def moves(case):
    names = {}
    exec("\n".join((BEGIN, CASES[case], END)), names)
    return names["moved"]
