"""Properties and misconceptions of training/predict_modes."""

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "effects answers without making or using tensors."
EACH = {
    f"training={training}, grad={grad}": {"training": st.just(training), "grad": st.just(grad)}
    for training in (True, False)
    for grad in (True, False)
}


def really(training, grad):
    """What happens in a forward pass in these modes, by running it."""
    net = nn.Sequential(nn.Dropout(0.5), nn.BatchNorm1d(8))
    before, given = net[1].running_mean.clone(), []
    net[1].register_forward_pre_hook(lambda _, args: given.append(args[0]))
    x = torch.linspace(1, 2, 64 * 8).view(64, 8)
    net.train(training)
    with torch.random.fork_rng(), torch.set_grad_enabled(grad):
        out = net(x)
    drops = bool((given[0] == 0).any())
    return drops, not torch.equal(net[1].running_mean, before), out.requires_grad


@forall(training=st.booleans(), grad=st.booleans(), strata=EACH, examples=4)
def test_knows_when_dropout_drops(impl, training, grad):
    """The first answer is whether dropout sets values to 0."""
    with NoOperations(WITHOUT):
        answer = impl.effects(training, grad)[0]
    assert_same(answer, really(training, grad)[0])
    return answer


@forall(training=st.booleans(), grad=st.booleans(), strata=EACH, examples=4)
def test_knows_when_averages_move(impl, training, grad):
    """The second answer is whether batch norm moves its running averages."""
    with NoOperations(WITHOUT):
        answer = impl.effects(training, grad)[1]
    assert_same(answer, really(training, grad)[1])
    return answer


@forall(training=st.booleans(), grad=st.booleans(), strata=EACH, examples=4)
def test_knows_when_a_graph_is_recorded(impl, training, grad):
    """The third answer is whether the output is part of a graph."""
    with NoOperations(WITHOUT):
        answer = impl.effects(training, grad)[2]
    assert_same(answer, really(training, grad)[2])
    return answer


@forall(training=st.booleans(), grad=st.booleans(), strata=EACH, examples=4)
def test_gives_three_answers(impl, training, grad):
    """The result is a tuple of three bools, also where the modes are given by keyword."""
    with NoOperations(WITHOUT):
        answers = impl.effects(training=training, grad=grad)
    assert_same(answers, really(training, grad))
    return answers


@misconception(
    of="effects",
    says="no_grad says what is recorded. Dropout doesn't ask it: in training mode it drops under "
    "no_grad too.",
)
def no_grad_stops_dropout(training, grad):
    return training and grad, training, grad


@misconception(
    of="effects",
    says="In evaluation dropout lets everything through.",
)
def dropout_always_drops(training, grad):
    return True, training, grad


@misconception(
    of="effects",
    says="Dropout asks the mode of its module. Whether gradients are recorded makes no difference "
    "to it.",
)
def dropout_asks_grad(training, grad):
    return grad, training, grad


@misconception(
    of="effects",
    says="The averages are buffers, and no gradient has a part in how they move: in training mode "
    "they do so under no_grad too.",
)
def no_grad_stops_the_averages(training, grad):
    return training, training and grad, grad


@misconception(
    of="effects",
    says="In evaluation batch norm uses its averages and leaves them alone.",
)
def averages_always_move(training, grad):
    return training, True, grad


@misconception(
    of="effects",
    says="Batch norm asks the mode of its module. Whether gradients are recorded makes no "
    "difference to its averages.",
)
def averages_ask_grad(training, grad):
    return training, grad, grad


@misconception(
    of="effects",
    says="eval() leaves recording alone: in evaluation mode the parameters still require grad, and "
    "what is computed with them is part of a graph.",
)
def eval_stops_the_graph(training, grad):
    return training, training, training and grad


@misconception(
    of="effects",
    says="Recording doesn't ask for the mode of a module: a graph is built in evaluation too, and "
    "under no_grad there is none in training either.",
)
def the_graph_asks_for_training(training, grad):
    return training, training, training


@misconception(
    of="effects",
    says="Under no_grad nothing is recorded, though the parameters still require grad.",
)
def a_graph_is_always_recorded(training, grad):
    return training, training, True
