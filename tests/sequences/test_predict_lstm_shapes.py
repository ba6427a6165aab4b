"""Properties and misconceptions of sequences/predict_lstm_shapes."""

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "shapes answers without making or using tensors or modules."


@st.composite
def sizes(
    draw,
    layers=(2, 3, 1),
    bidirectional=(True, False),
    batch_first=(True, False),
    batch=(7, 13, 1, 0),
):
    """What an LSTM is made and called with. But for a 1 or a 0 no two sizes are equal."""
    return {
        "seq": draw(st.sampled_from((5, 11, 1))),
        "batch": draw(st.sampled_from(batch)),
        "inputs": draw(st.sampled_from((9, 17, 1))),
        "hidden": draw(st.sampled_from((8, 10, 1))),
        "layers": draw(st.sampled_from(layers)),
        "bidirectional": draw(st.sampled_from(bidirectional)),
        "batch_first": draw(st.sampled_from(batch_first)),
    }


def really(asked):
    """The shapes that nn.LSTM gives for these sizes."""
    model = nn.LSTM(
        asked["inputs"],
        asked["hidden"],
        asked["layers"],
        batch_first=asked["batch_first"],
        bidirectional=asked["bidirectional"],
        device="meta",
    ).to_empty(device="cpu")  # whose weights may be anything
    sides = asked["seq"], asked["batch"]
    sides = sides[::-1] if asked["batch_first"] else sides
    out, (h, c) = model(torch.zeros(*sides, asked["inputs"]))
    return tuple(out.shape), tuple(h.shape), tuple(c.shape)


def plain(answer):
    """The same, where a torch.Size is a tuple too."""
    if type(answer) is not tuple:
        return answer
    return tuple(tuple(each) if isinstance(each, torch.Size) else each for each in answer)


@forall(
    asked=sizes(layers=(1,), bidirectional=(False,), batch_first=(False,)),
    examples=12,
    strata={
        "a batch of one": {"asked": sizes((1,), (False,), (False,), batch=(1,))},
        "a batch of none": {"asked": sizes((1,), (False,), (False,), batch=(0,))},
    },
)
def test_one_layer(impl, asked):
    """With one layer that reads forwards, out has a side for the time; h and c have none."""
    with NoOperations(WITHOUT):
        answer = plain(impl.shapes(*asked.values()))
    assert_same(answer, really(asked))
    return answer


STACKED = {
    "several layers": {"asked": sizes((3,), (False,), (False,))},
    "two directions": {"asked": sizes((1,), (True,), (False,))},
}


@forall(asked=sizes(batch_first=(False,)), examples=12, strata=STACKED)
def test_layers_and_directions_in_the_states(impl, asked):
    """h and c have a place for each direction of each layer in their first side."""
    with NoOperations(WITHOUT):
        answer = plain(impl.shapes(**asked))
    assert_same(answer[1:], really(asked)[1:])
    return answer[1:]


@forall(asked=sizes(batch_first=(False,)), examples=12, strata=STACKED)
def test_layers_and_directions_in_the_output(impl, asked):
    """out is that of the last layer, with its directions side by side."""
    with NoOperations(WITHOUT):
        answer = plain(impl.shapes(**asked))
    assert_same(answer[:1], really(asked)[:1])
    return answer[:1]


@forall(asked=sizes(batch_first=(True,)), examples=12)
def test_batch_first_in_the_states(impl, asked):
    """batch_first leaves h and c as they are."""
    with NoOperations(WITHOUT):
        answer = plain(impl.shapes(**asked))
    assert_same(answer[1:], really(asked)[1:])
    return answer[1:]


@forall(asked=sizes(batch_first=(True,)), examples=12)
def test_batch_first_in_the_output(impl, asked):
    """batch_first puts the batch first in out."""
    with NoOperations(WITHOUT):
        answer = plain(impl.shapes(**asked))
    assert_same(answer[:1], really(asked)[:1])
    return answer[:1]


@forall(asked=sizes(), raises=ValueError, examples=6)
def test_refuses_a_sequence_without_steps(impl, asked):
    """A sequence of 0 steps is refused with a ValueError."""
    with NoOperations(WITHOUT):
        return plain(impl.shapes(**{**asked, "seq": 0}))


def parts(seq, batch, hidden, layers, bidirectional, batch_first):
    """Right: the output's first two sides, the directions, and the shape of h and c."""
    if seq == 0:
        raise ValueError("no step")
    directions = 1 + bidirectional
    times = (batch, seq) if batch_first else (seq, batch)
    return times, directions, (layers * directions, batch, hidden)


@misconception(
    of="shapes",
    says="batch_first is about x and the output. The states keep their layers in front and the "
    "batch behind them.",
)
def puts_the_batch_first_in_h(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, (first, *rest) = parts(
        seq, batch, hidden, layers, bidirectional, batch_first
    )
    state = (batch, first, hidden) if batch_first else (first, *rest)
    return (*times, directions * hidden), state, state


@misconception(
    of="shapes",
    says="The argument batch_first is never used. One of the shapes depends on it.",
)
def never_puts_the_batch_first(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, state = parts(seq, batch, hidden, layers, bidirectional, False)
    return (*times, directions * hidden), state, state


@misconception(
    of="shapes",
    says="batch_first=False is the default: the time comes first unless somebody asks for the "
    "batch.",
)
def puts_the_batch_first_by_default(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, state = parts(seq, batch, hidden, layers, bidirectional, not batch_first)
    return (*times, directions * hidden), state, state


@misconception(
    of="shapes",
    says="Both directions show their h at each time: the output holds them side by side.",
)
def forgets_the_second_direction_in_out(
    seq, batch, inputs, hidden, layers, bidirectional, batch_first
):
    times, _, state = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    return (*times, hidden), state, state


@misconception(
    of="shapes",
    says="Each direction of each layer has a state of its own.",
)
def forgets_the_second_direction_in_h(
    seq, batch, inputs, hidden, layers, bidirectional, batch_first
):
    times, directions, (_, *rest) = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    return (*times, directions * hidden), (layers, *rest), (layers, *rest)


@misconception(
    of="shapes",
    says="In the states the directions are stacked, as the layers are. Side by side they lie in "
    "the output alone.",
)
def widens_the_states(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, _ = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    state = layers, batch, directions * hidden
    return (*times, directions * hidden), state, state


@misconception(
    of="shapes",
    says="Every layer ends with a state, not the last one alone.",
)
def takes_the_last_layers_state(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, (_, *rest) = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    state = directions, *rest
    return (*times, directions * hidden), state, state


@misconception(
    of="shapes",
    says="num_layers is no number of steps: the layers lie on top of each other, and each takes "
    "all steps of x.",
)
def takes_layers_for_steps(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, _ = parts(layers, batch, hidden, layers, bidirectional, batch_first)
    _, _, state = parts(seq, batch, hidden, 1, bidirectional, batch_first)
    return (*times, directions * hidden), state, state


@misconception(
    of="shapes",
    says="The output is that of the last layer. The layers below hand theirs up, and it is gone.",
)
def shows_every_layer(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, state = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    return (*times, layers * directions * hidden), state, state


@misconception(
    of="shapes",
    says="The output shows h at every time. The state is what is left of the last one.",
)
def shows_the_last_step(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    _, directions, state = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    return (batch, directions * hidden), state, state


@misconception(
    of="shapes",
    says="What comes out are hidden units: the first layer's weights have turned inputs into them.",
)
def keeps_the_inputs(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, state = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    return (*times, directions * inputs), state, state


@misconception(
    of="shapes",
    says="The states are those after the last step. Those of the other times are not kept.",
)
def keeps_every_state(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, state = parts(seq, batch, hidden, layers, bidirectional, batch_first)
    return (*times, directions * hidden), (seq, *state), (seq, *state)


@misconception(
    of="shapes",
    says="Without a step there is no output: torch refuses a sequence of length 0, and so do you.",
)
def takes_a_sequence_without_steps(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    _, directions, state = parts(1, batch, hidden, layers, bidirectional, batch_first)
    times = (batch, seq) if batch_first else (seq, batch)
    return (*times, directions * hidden), state, state


@misconception(
    of="shapes",
    says="A batch may be empty: torch reads no sequence and gives no error. It is the sequence "
    "that must have a step.",
)
def refuses_an_empty_batch(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    times, directions, state = parts(
        batch and seq, batch, hidden, layers, bidirectional, batch_first
    )
    return (*times, directions * hidden), state, state
