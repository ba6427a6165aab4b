"""Properties and misconceptions of sequences/final_states."""

import torch
from torch import nn
from torch.nn.utils import rnn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

BANNED = [torch.Tensor.tolist, torch.Tensor.numpy]
EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded
SPOILED = (float("nan"), float("inf"), float("-inf"))


@st.composite
def outputs(draw, dtype=torch.float32, batches=(3, 2, 1, 0), padded=False, special=False):
    """An output, and for each of its sequences how long it is."""
    batch, time, features = draw(st.sampled_from(batches)), draw(st.integers(2, 4)), 2
    if not padded:
        time, features = draw(st.sampled_from((time, 1))), draw(st.sampled_from((2, 3, 1, 0)))
    longest = time - 1 if padded else time
    return {
        "out": draw(st.tensors((batch, time, features), dtype, special=special)),
        "lengths": draw(st.labels(longest, (batch,))) + 1,
    }


@st.composite
def spoiled_outputs(draw):
    """An output whose padding is a NaN or an infinity, as is what lies before each last step."""
    drawn = draw(outputs(batches=(3, 2, 1), padded=True))
    others = ~is_last(**drawn)
    return {**drawn, "out": drawn["out"].masked_fill(others, draw(st.sampled_from(SPOILED)))}


@st.composite
def states(draw, bidirectional, dtype=torch.float32, layers=(2, 3, 1), batches=(2, 3, 1, 0)):
    """An h, and how many layers and directions it has."""
    count, batch = draw(st.sampled_from(layers)), draw(st.sampled_from(batches))
    shape = (count * (1 + bidirectional), batch, draw(st.sampled_from((3, 2, 1))))
    return {"h": draw(st.tensors(shape, dtype)), "layers": count, "bidirectional": bidirectional}


def is_last(out, lengths):
    """Which steps are the last valid ones: bool, (N, T, 1)."""
    return (torch.arange(out.shape[1], device=out.device) == lengths[:, None] - 1)[:, :, None]


def steps_of(size):
    lengths = torch.arange(size) + 1
    return {"out": torch.arange(size**3).view(size, size, size), "lengths": lengths}


def layers_of(size):
    h = torch.arange(2 * size**3).view(2 * size, size, size)
    return {"h": h, "layers": size, "bidirectional": True}


@forall(
    outputs(st.ANY_DTYPE, special=True),
    ban=BANNED,
    vectorized=steps_of,
    tolerance=EXACT,
    strata={
        "padding at the end": outputs(batches=(3, 2), padded=True),
        **st.telling_dtypes(lambda dtype: outputs(dtype, batches=(3, 2), padded=True)),
    },
)
def test_last_valid_step(impl, out, lengths):
    """last_valid reads each sequence at its own last step."""
    result = impl.last_valid(out, lengths)
    pairs = zip(out, lengths, strict=True)
    last = [sequence[:length][-1] for sequence, length in pairs]
    assert_same(result, torch.stack(last) if last else out[:, 0])
    return result


@forall(spoiled_outputs(), ban=BANNED, tolerance=EXACT, examples=12)
def test_padding_has_no_influence(impl, out, lengths):
    """Only the last valid steps count: a NaN or an infinity beside them changes nothing."""
    result = impl.last_valid(out=out, lengths=lengths)
    assert_same(result, out.masked_select(is_last(out, lengths)).view(len(out), -1))
    return result


@forall(outputs(torch.float64, batches=(3, 2)), examples=12)
def test_gradient_of_last_valid(impl, out, lengths):
    """The gradient reaches the last valid steps, and is 0 everywhere else."""
    leaf = out.detach().requires_grad_()
    result = impl.last_valid(leaf, lengths)
    assert result.requires_grad, "The result is cut off from out: no gradient can flow back."
    (gradient,) = torch.autograd.grad((3 * result).sum(), leaf)
    assert_same(gradient, 3.0 * is_last(out, lengths).expand(out.shape).to(out.dtype))
    return result, gradient


@forall(
    states(False, st.ANY_DTYPE),
    ban=BANNED,
    tolerance=EXACT,
    examples=16,
    strata=st.telling_dtypes(lambda dtype: states(False, dtype)),
)
def test_final_of_one_direction(impl, h, layers, bidirectional):
    """final of an LSTM with one direction is the state of the last layer."""
    result = impl.final(h, layers, bidirectional)
    assert_same(result, h.unbind()[-1])
    return result


@forall(
    states(True, st.ANY_DTYPE),
    ban=BANNED,
    vectorized=layers_of,
    tolerance=EXACT,
    strata={
        "several layers": states(True, layers=(2, 3)),
        **st.telling_dtypes(lambda dtype: states(True, dtype)),
    },
)
def test_final_of_two_directions(impl, h, layers, bidirectional):
    """final of both directions has the last layer's halves side by side, forward first."""
    result = impl.final(h=h, layers=layers, bidirectional=bidirectional)
    forward, backward = h.unbind()[-2:]
    assert_same(result, torch.stack([forward, backward], 1).flatten(1))
    return result


LEAVES = {"dtype": torch.float64, "batches": (2, 3, 1)}


@forall(st.one_of(states(True, **LEAVES), states(False, **LEAVES)), examples=8)
def test_gradient_of_final(impl, h, layers, bidirectional):
    """The gradient reaches the states of the last layer, and is 0 everywhere else."""
    leaf = h.detach().requires_grad_()
    result = impl.final(leaf, layers, bidirectional)
    assert result.requires_grad, "The result is cut off from h: no gradient can flow back."
    return result, torch.autograd.grad((3 * result).sum(), leaf)


def real(x, lengths, layers, bidirectional):
    """out (N, T, directions · H) and h of an nn.LSTM that reads padded sequences."""
    model = nn.LSTM(
        x.shape[-1], 2, layers, batch_first=True, bidirectional=bidirectional, dtype=x.dtype
    )
    with torch.no_grad():
        for param in model.parameters():
            param.copy_(torch.linspace(-1, 1.5, param.numel()).view_as(param))
        packed = rnn.pack_padded_sequence(x.cpu(), lengths.cpu(), True, enforce_sorted=False)
        out, (h, _) = model(packed)
        out, _ = rnn.pad_packed_sequence(out, True, total_length=x.shape[1])
    return out.to(x.device), h.to(x.device)


@st.composite
def sequences(draw):
    batch, time = draw(st.sampled_from((3, 2, 1))), draw(st.sampled_from((3, 2)))
    return {
        "x": draw(st.tensors((batch, time, 3), torch.float64)),
        "lengths": draw(st.labels(time, (batch,))) + 1,
    }


@forall(sequences(), layers=st.integers(1, 2), bidirectional=st.booleans(), examples=10)
def test_agree_on_a_real_lstm(impl, x, lengths, layers, bidirectional):
    """Of a real nn.LSTM both give the forward half alike; the backward half ends at time 0."""
    out, h = real(x, lengths, layers, bidirectional)
    last, ended = impl.last_valid(out, lengths), impl.final(h, layers, bidirectional)
    forward = last[:, :2]
    assert_same(ended, torch.cat([forward, out[:, 0, 2:]], 1))
    return last, ended


MANY = st.one_of(states(True, layers=(2, 3)), states(False, layers=(2, 3)))


@forall(MANY, wrong=st.sampled_from((1, 3, -1)), raises=ValueError)
def test_refuses_other_layers(impl, h, layers, bidirectional, wrong):
    """final raises ValueError where h has another number of states than the layers have."""
    return impl.final(h, layers + wrong, bidirectional)


def halves(h, layers, bidirectional):
    """Right: the last layer's states."""
    directions = 1 + bidirectional
    if len(h) != layers * directions:
        raise ValueError("layers")
    return list(h[-directions:])


def picked(out, times):
    return out[torch.arange(len(out), device=out.device), times]


@misconception(
    of="last_valid",
    says="The last time of the padded tensor is the last step of the longest sequence only. The "
    "others end before it.",
)
def reads_the_last_time(out, lengths):
    return out[:, -1]


@misconception(
    of="last_valid",
    says="Steps count from 0, so that the last of three has the index 2.",
)
def forgets_that_steps_count_from_zero(out, lengths):
    return picked(out, lengths.clamp(max=out.shape[1] - 1))


@misconception(
    of="last_valid",
    says="A colon beside the times reads all of them from every sequence, N × N steps. The first "
    "index must name the sequence too.",
)
def pairs_every_sequence_with_every_time(out, lengths):
    return out[:, lengths - 1]


@misconception(
    of="last_valid",
    says="A product with a mask reads the padding too: 0 times NaN is NaN. And a sum has a dtype "
    "of its own.",
)
def multiplies_by_a_mask(out, lengths):
    return (out * is_last(out, lengths)).sum(1)


@misconception(
    of="last_valid",
    says="squeeze() removes every side of length 1, also that of a batch of one or of one feature. "
    "Say which is to go.",
)
def squeezes_every_dimension(out, lengths):
    return out.take_along_dim((lengths - 1)[:, None, None], 1).squeeze()


@misconception(
    of="last_valid",
    says="What is read has a side of length 1 for the time still.",
)
def keeps_the_time(out, lengths):
    return out.take_along_dim((lengths - 1)[:, None, None], 1)


@misconception(
    of="last_valid",
    says="With a loop over the sequences the number of operations grows with the batch. A pair of "
    "indices, or gather, reads all of them at once.",
)
def loops_over_the_batch(out, lengths):
    result = torch.empty_like(out[:, 0])
    for row in range(len(out)):
        result[row] = out[row, lengths[row] - 1]
    return result


@misconception(
    of="final",
    says="h[-1] is the last layer's state where there is one direction. Of two it is the backward "
    "half.",
)
def takes_the_last_state_alone(h, layers, bidirectional):
    return halves(h, layers, bidirectional)[-1]


@misconception(
    of="final",
    says="The forward half comes first.",
)
def puts_the_backward_half_first(h, layers, bidirectional):
    return torch.cat(halves(h, layers, bidirectional)[::-1], -1)


@misconception(
    of="final",
    says="The halves of a sequence belong side by side, in one row. Yours stand below each other, "
    "as if there were twice as many sequences.",
)
def stacks_the_halves(h, layers, bidirectional):
    return torch.cat(halves(h, layers, bidirectional), 0)


@misconception(
    of="final",
    says="reshape keeps the order in memory, where the forward halves of all sequences come before "
    "the backward ones: it joins halves of different sequences.",
)
def reshapes_the_halves(h, layers, bidirectional):
    halves(h, layers, bidirectional)
    directions = 1 + bidirectional
    return h[-directions:].reshape(h.shape[1], directions * h.shape[2])


@misconception(
    of="final",
    says="The layers come from the first to the last: yours takes the first one.",
)
def takes_the_first_layer(h, layers, bidirectional):
    halves(h, layers, bidirectional)
    return torch.cat(list(h[: 1 + bidirectional]), -1)


@misconception(
    of="final",
    says="In h the two directions of a layer follow each other. Yours reads it as if all forward "
    "states came before all backward ones.",
)
def takes_the_directions_for_the_outer_side(h, layers, bidirectional):
    halves(h, layers, bidirectional)
    return torch.cat(list(h.unflatten(0, (1 + bidirectional, layers))[:, -1]), -1)


@misconception(
    of="final",
    says="The halves are joined, not added: each has learned something else.",
)
def adds_the_halves(h, layers, bidirectional):
    first, *rest = halves(h, layers, bidirectional)
    return first + rest[0] if rest else first


@misconception(
    of="final",
    says="The halves are joined. Their mean is as long as one of them, and tells of neither.",
)
def averages_the_halves(h, layers, bidirectional):
    return torch.stack(halves(h, layers, bidirectional)).double().mean(0).to(h.dtype)


@misconception(
    of="final",
    says="A first side that does not fit layers and directions is refused with a ValueError: "
    "something else was handed in than h.",
)
def never_looks_at_the_layers(h, layers, bidirectional):
    return torch.cat(list(h[-2:] if bidirectional else h[-1:]), -1)
