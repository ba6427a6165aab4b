"""Predict what two switches do.

A module has a mode, and torch has another one:

    net.train()   net.eval()                  in which way layers compute
    torch.enable_grad()   torch.no_grad()     whether a graph is recorded

Common notes mix them up: no_grad is said to be for evaluation, eval() to switch
gradients off. Take this network, and one forward pass:

    net = nn.Sequential(nn.Dropout(0.5), nn.BatchNorm1d(8))
    before = net[1].running_mean.clone()
    x = torch.rand(64, 8) + 1.0
    net.train(training)
    with torch.set_grad_enabled(grad):
        out = net(x)

Three questions about each of the four combinations of `training` and `grad`:

    did dropout set values to 0?       in what net[0] gave to net[1]
    has batch norm moved its averages? net[1].running_mean is not before any more
    was a graph recorded?              out.requires_grad; the parameters require grad

Write `effects`, which answers them. You answer from what you know: it must not make
or use tensors or arrays.
"""


def effects(training: bool, grad: bool) -> tuple[bool, bool, bool]:
    """Predict what happens in that forward pass.

    Args:
        training: whether the network is in training mode, rather than in evaluation.
        grad: whether gradients are enabled, rather than under no_grad.

    Returns:
        The tuple (dropout drops, batch norm moves its averages, a graph is recorded).

    >>> effects(training=True, grad=True)
    (True, True, True)
    """
    return training, training, grad


HINTS = (
    "Which of the two switches does a layer ask when it computes? nn.Dropout hands self.training "
    "on to F.dropout.",
    "A buffer such as running_mean is no part of a graph. Does writing to it need one?",
    "A graph is recorded where gradients are enabled and something that requires grad takes part. "
    "Do parameters still require grad in evaluation mode?",
    "No answer depends on both switches. Say for each of the three which one it follows.",
)

TAKE_ALONG = (
    "train() and eval() choose how layers compute, grad mode chooses what is recorded; neither "
    "does the other's work. To evaluate, use both."
)
