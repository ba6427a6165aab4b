"""Observations and inputs as the wire has them, and back.

An observation comes from a hostile process: it is decoded with care, and only where its bytes are
not those that the solution gave. Inputs come from the judge, and keep the way they lie in memory.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from torchkata.grading.judging.wire import LARGEST_SAID, Seen, decoded, encode
from torchkata.values import observation as seen
from torchkata.values.observation import Checked, Observation
from torchkata.values.packing import (
    packed,
    packed_input,
    packed_raised,
    unpacked,
    unpacked_input,
    unpacked_raised,
)
from torchkata.values.plain import LARGEST_TEXT, Given, GivenItems, Raised, check, clean
from torchkata.values.wording import type_name

_decoder = msgspec.msgpack.Decoder(Seen)


def encode_seen(found: Observation) -> bytes:
    """An observation's bytes. The same observation has the same bytes, in every process."""
    outcome = found.outcome
    return encode(
        Seen(
            packed_raised(outcome) if isinstance(outcome, seen.Raised) else packed(outcome),
            [packed(each) for each in found.inputs.items],
            [packed(each.grad) for each in found.tensors],
            [each.written for each in found.tensors],
            [clean(each) for each in found.left_changed],
            [(clean(path), clean(name), clean(how)) for path, name, how in found.sharing],
            [(clean(name), line) for name, line in found.banned],
            [(clean(name), clean(kind)) for name, kind in found.calls],
            [packed(each.actual) for each in found.checked],
            [clean(each) for each in found.hooked],
            [clean(each) for each in found.moved],
        )
    )


def without_values(found: Observation) -> Observation:
    """An observation of which only the types are told, for one that is too large to be sent."""

    def bare(value: Any) -> Any:
        match value:
            case seen.OpaqueSeen():
                return value
            case seen.TensorSeen(dtype=dtype, shape=shape):
                return seen.OpaqueSeen(f"{dtype} tensor of shape {shape}")
        return seen.OpaqueSeen(type_name(value).partition(" ")[2] or "None")

    outcome = found.outcome
    return replace(
        found,
        outcome=outcome if isinstance(outcome, seen.Raised) else bare(outcome),
        inputs=replace(found.inputs, items=tuple(map(bare, found.inputs.items))),
        tensors=tuple(replace(each, grad=None) for each in found.tensors),
        checked=tuple(Checked(bare(each.actual)) for each in found.checked),
    )


def decode_seen(raw: bytes, expected: Observation) -> Observation:
    """The observation in `raw`, of the inputs that `expected` is of. Raises Malformed."""
    found = decoded(_decoder, raw)
    names = expected.inputs.keys
    check(len(found.inputs) == len(names), "not all inputs are there")
    check(
        len(found.grads) == len(found.written) == len(expected.tensors),
        "not all tensors among the inputs are there",
    )
    grads = [unpacked(each) for each in found.grads]
    outcome = found.outcome
    for texts in (found.left_changed, found.hooked, found.moved, *found.sharing, *found.calls):
        check(all(len(each) <= LARGEST_TEXT for each in texts), "a text is too long")
    check(all(len(name) <= LARGEST_TEXT for name, _ in found.banned), "a text is too long")
    return Observation(
        _unpacked_raised(outcome) if isinstance(outcome, Raised) else unpacked(outcome),
        seen.ContainerSeen("dict", names, tuple(unpacked(each) for each in found.inputs)),
        tuple(
            seen.InputSeen(each.path, grad, written)
            for each, grad, written in zip(expected.tensors, grads, found.written, strict=True)
        ),
        tuple(found.left_changed),
        tuple(found.sharing),
        tuple(found.banned),
        calls=tuple(found.calls),
        checked=tuple(Checked(unpacked(each)) for each in found.checked),
        hooked=tuple(found.hooked),
        moved=tuple(found.moved),
    )


def encode_inputs(inputs: Mapping[str, Any]) -> GivenItems:
    """A property's inputs as they lie in memory, to be sent to a zygote."""
    given = packed_input(dict(inputs))
    assert isinstance(given, GivenItems)
    return given


def decode_inputs(given: Given) -> dict[str, Any]:
    """The inputs that a judge has sent."""
    inputs = unpacked_input(given)
    assert isinstance(inputs, dict)
    return inputs


def _unpacked_raised(raised: Raised) -> seen.Raised:
    found = unpacked_raised(raised)
    text = found.message
    said = text if len(text) <= LARGEST_SAID else f"{text[: LARGEST_SAID - 1]}…"
    return replace(found, message=said)
