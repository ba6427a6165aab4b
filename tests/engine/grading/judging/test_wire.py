"""Observations cross to the judge whole, and nothing else that comes does any harm."""

import random
import resource
import socket
import struct
import time
from dataclasses import dataclass

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as hst

from tests.engine.grading.judging import odd_frames
from torchkata import strategies as st
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging import codec, wire
from torchkata.grading.judging.examiner import Examiner
from torchkata.suite.curriculum import read_suite
from torchkata.values import plain
from torchkata.values.comparison import compare
from torchkata.values.observation import (
    Checked,
    ContainerSeen,
    InputSeen,
    Observation,
    Raised,
    seen,
)

FRAMES = 10_000
DTYPES = (torch.bool, torch.int32, torch.float16, torch.float32, torch.complex64, torch.bfloat16)

scalars = (
    hst.none()
    | hst.booleans()
    | hst.integers(-(10**30), 10**30)
    | hst.floats()
    | hst.complex_numbers()
    | hst.text(max_size=20)
    | hst.text(hst.sampled_from("a\ud800\x00\u202e"), max_size=5)
    | hst.binary(max_size=20)
    | hst.sampled_from(DTYPES)
    | st.tensors(dtype=hst.sampled_from(DTYPES))
    | st.arrays()
)
values = hst.recursive(
    scalars,
    lambda inner: (
        hst.lists(inner, max_size=3)
        | hst.tuples(inner, inner)
        | hst.dictionaries(hst.text(max_size=3) | hst.integers(), inner, max_size=3)
    ),
    max_leaves=5,
)


def observation(outcome, given=None, checked=()):
    inputs = ContainerSeen("dict", ("x",), (seen(given),))
    grads = (InputSeen("x", seen(torch.ones(2)), True),)
    return Observation(
        outcome,
        inputs,
        grads,
        ("grad mode",),
        (("result", "x", "is"),),
        (("F.one_hot", 3),),
        calls=(("double", "Tensor"),),
        checked=checked,
        hooked=("x",),
        moved=("x",),
    )


def crossed(found):
    return codec.decode_seen(codec.encode_seen(found), found)


@given(values, values)
def test_an_observation_crosses_whole(value, given):
    sent = observation(seen(value), given, (Checked(seen(value), seen(value)),))
    came = crossed(sent)
    assert compare(sent, came, (0.0, 0.0)) is None
    assert codec.encode_seen(came) == codec.encode_seen(sent)


def test_what_an_exception_says_is_made_to_fit():
    raised = Raised("exception", ("ValueError", "Exception"), "said \ud800", ())
    assert crossed(observation(raised)).outcome.message == "said \\ud800"
    long = Raised("exception", ("ValueError",), "x" * 20_000, ())
    assert crossed(observation(long)).outcome.message == "x" * (wire.LARGEST_SAID - 1) + "…"


@given(st.tensors(dtype=hst.sampled_from(DTYPES)), st.arrays())
def test_inputs_cross_as_they_lie_in_memory(tensor, array):
    sent = msgspec.msgpack.encode(codec.encode_inputs({"a": [tensor, (1, "b", None)], "n": array}))
    came = codec.decode_inputs(msgspec.msgpack.decode(sent, type=plain.Given))
    there = came["a"][0]
    assert (there.dtype, there.shape, there.stride(), there.storage_offset()) == (
        (tensor.dtype, tensor.shape, tensor.stride(), tensor.storage_offset())
    )
    assert codec.encode_seen(observation(seen(there))) == codec.encode_seen(
        observation(seen(tensor))
    )
    assert came["a"][1] == (1, "b", None)
    assert (came["n"].dtype, came["n"].tobytes()) == (array.dtype, array.tobytes())


def deep(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


ODD = {
    "a key that is a tensor": lambda: {torch.ones(2): 1},
    "a key that is a frozenset": lambda: {frozenset((1, 2)): 1, frozenset(): 2},
    "a key of keys": lambda: {((1, frozenset()), "a"): 1},
    "a structured array": lambda: np.zeros(3, [("a", "<i4"), ("b", "<f8")]),
    "an array of nothing": lambda: np.zeros(3, "V0"),
    "an array of objects": lambda: np.array([None, 1]),
    "an array of texts": lambda: np.array(["a", "bcd"]),
    "an array of dates": lambda: np.array(["2026-01-01"], "M8[D]"),
    "an int of 20,000 digits": lambda: 10**20_000,
    "an int of 4,000 digits": lambda: -(10**4_000),
    "a set of all kinds": lambda: {1, "a", None, (1, (2, "b")), frozenset((3,)), torch.ones(1)},
    "a deep list": lambda: deep(500),
    "a long name": lambda: type("T" * 50_000, (), {})(),
    "a long text": lambda: "x" * 50_000,
}


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_an_honest_odd_value_is_a_failure_as_in_practice(value):
    """Both processes see the same, and nothing of it is taken for a lie."""
    right, sent = observation(seen(torch.ones(2))), observation(seen(value()))
    came = crossed(sent)
    in_practice, in_grading = compare(right, sent), compare(right, came)
    assert in_grading is not None
    assert (in_grading.stage, in_grading.where) == (in_practice.stage, in_practice.where)
    assert in_grading.sentence == in_practice.sentence


def test_what_is_too_large_to_be_sent_is_known_by_its_type():
    large = observation(seen(torch.zeros(900_000)), torch.zeros(900_000))
    bare = codec.without_values(large)
    assert len(codec.encode_seen(bare)) < 1000
    assert compare(large, crossed(bare)).sentence == (
        "a tensor expected, a torch.float32 tensor of shape (900000,) returned"
    )


def test_well_formed_and_odd_frames_are_failures(little):
    """Decoded, compared, diagnosed and shown: nothing of it raises. odd_frames.py has more."""
    came = odd_frames.judge(odd_frames.examiner_of(little.root, "double"), random.Random(1), 3000)
    assert came["failed"] > 1000
    assert came["failed"] + came["malformed"] + came["passed"] + came["todo"] == 3000


def altered(**changes):
    """The bytes of an observation of a tensor with some fields as no worker of ours sends them."""
    raw = codec.encode_seen(observation(seen(torch.ones(2)), torch.ones(2)))
    found = msgspec.msgpack.decode(raw, type=wire.Seen)
    for name, value in changes.items():
        setattr(found, name, value)
    return msgspec.msgpack.encode(found)


def tensor(dtype="float32", shape=(2,), data=b"\0" * 8, device="cpu"):
    return plain.Tensor(dtype, list(shape), device, False, data)


def nested(depth):
    value = None
    for _ in range(depth):
        value = plain.Container("list", None, [value])
    return value


MALFORMED = {
    "a shape of more than there is": (
        altered(outcome=tensor(shape=[3])),
        "a tensor has more or less than its shape",
    ),
    "a shape that overflows": (
        altered(outcome=tensor(shape=[1 << 62])),
        "a shape can't be",
    ),
    "a negative size": (altered(outcome=tensor(shape=[-1])), "a shape can't be"),
    "no such dtype": (altered(outcome=tensor("objekt")), "torch has no dtype 'objekt'"),
    "a dtype that torch can't compare": (
        altered(outcome=tensor("qint8", [8])),
        "a tensor of dtype 'qint8'",
    ),
    "no elements and long sides": (
        altered(outcome=tensor(shape=[1 << 20, 1 << 20, 0], data=b"")),
        "a shape can't be",
    ),
    "an endless device": (
        altered(outcome=tensor(device="x" * 1000)),
        "a device's name is too long",
    ),
    "an array of objects": (
        altered(outcome=plain.Array("O", [1], b"\0" * 8)),
        "numpy has no dtype 'O'",
    ),
    "no such array": (
        altered(outcome=plain.Array("nothing", [1], b"")),
        "numpy has no dtype 'nothing'",
    ),
    "a dict without keys": (
        altered(outcome=plain.Container("dict", None, [1])),
        "a dict has no keys",
    ),
    "a list as a key": (
        altered(outcome=plain.Container("dict", [plain.Container("list", None, [])], [1])),
        "a dict has a key that is none",
    ),
    "no such container": (
        altered(outcome=plain.Container("frozen", None, [])),
        "there is no container 'frozen'",
    ),
    "deep nesting": (altered(outcome=nested(60)), "a value is nested too deep"),
    "an endless text": (altered(outcome="x" * 20_000), "a text is too long"),
    "an endless int": (altered(outcome=plain.Integer("f" * 20_000)), "an int is too long"),
    "an int of letters": (
        altered(outcome=plain.Integer("zz")),
        "an int is not written in hexadecimal",
    ),
    "bytes that are no text": (altered(outcome=plain.Text(b"\xff")), "a text is not UTF-8"),
    "no such cause": (
        altered(outcome=plain.Raised("fate", ["E"], "", [])),
        "there is no cause 'fate'",
    ),
    "an exception of no class": (
        altered(outcome=plain.Raised("exception", [], "", [])),
        "an exception has no class",
    ),
    "an input too few": (altered(inputs=[]), "not all inputs are there"),
    "a gradient too few": (altered(grads=[]), "not all tensors among the inputs are there"),
    "nothing": (b"", "an answer that can't be read: Input data was truncated"),
}


@pytest.mark.parametrize(("raw", "says"), MALFORMED.values(), ids=MALFORMED)
def test_what_can_not_be_is_refused(raw, says):
    expected = observation(seen(torch.ones(2)), torch.ones(2))
    with pytest.raises(plain.Malformed) as caught:
        codec.decode_seen(raw, expected)
    assert str(caught.value) == says


def test_nesting_without_end_is_refused():
    raw = b"\x99" + b"\x93\x03\xc0\x91" * 100_000
    with pytest.raises(plain.Malformed, match=r"^an answer that can't be read: "):
        codec.decode_seen(raw, observation(None))


def test_a_frame_is_taken_as_it_comes_and_only_as_long_as_it_may_be():
    ours, theirs = socket.socketpair()
    reader = wire.Reader(ours)
    for byte in struct.pack("<I", 3) + b"abc":
        theirs.send(bytes([byte]))
    assert reader.frame(3, time.monotonic() + 60) == b"abc"
    with pytest.raises(TimeoutError):
        reader.frame(3, time.monotonic())
    theirs.send(struct.pack("<I", 4))
    with pytest.raises(plain.Malformed, match=r"^an answer of 4 bytes, where 3 are the most$"):
        reader.frame(3, time.monotonic() + 60)
    theirs.send(struct.pack("<I", 3) + b"a")
    theirs.close()
    assert reader.frame(3, time.monotonic() + 60) is None
    ours.close()


class Liar:
    """Stands where a zygote stands, and sends what it is given in place of a worker's frames."""

    devices = ("cpu", "sim")

    def __init__(self):
        self.frames = []

    def prepare(self, exercise, seed, told):
        self.told = told()

    def knows(self, exercise, seed):
        return True

    def begin(self, job, source):
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        for frame in self.frames:
            theirs.send(frame)
        theirs.close()
        return Fork(ours)


@dataclass
class Fork:
    line: socket.socket

    def __post_init__(self):
        self.reader = wire.Reader(self.line)

    def frame(self, largest, deadline):
        return self.reader.frame(largest, deadline)

    def end(self):
        self.line.close()
        return wire.Ended(0, 0.0, False)


def framed(raw):
    return struct.pack("<I", len(raw)) + raw


@pytest.fixture
def liar(little):
    exercise = read_suite(little.root).find("double")
    examiner = Examiner(exercise, Assignment("", (), ("cpu",), limit=5, seed=0))
    liar = Liar()
    liar.prepare(exercise, 0, examiner.told)
    right = examiner._expected["multiplies", "cpu"]
    facts = framed(msgspec.msgpack.encode(wire.Facts({"double": 1}, [], True, None)))
    answer = msgspec.msgpack.encode(wire.Answer([each.raw for each in right], [], None, None))

    def judged(*frames):
        liar.frames = frames
        return examiner.examine(liar, b"", "key", "double.py")

    return judged, facts, answer


def test_the_right_frames_are_a_solved_exercise(liar):
    judged, facts, answer = liar
    assert judged(facts, framed(answer)).standing == "solved"


def test_a_malformed_frame_is_a_failed_property(liar):
    """Ten thousand of them: cut short, spliced, with bytes changed, of other types, of noise."""
    judged, facts, answer = liar
    noise = random.Random(0)
    decode = msgspec.msgpack.decode

    def changed():
        raw = bytearray(answer)
        match noise.randrange(6):
            case 0:
                del raw[noise.randrange(len(raw)) :]
            case 1:
                raw[noise.randrange(10)] = noise.randrange(256)
            case 2:
                place = noise.randrange(len(raw))
                raw[place:place] = noise.randbytes(noise.randrange(1, 9))
            case 3:
                raw[:] = noise.randbytes(noise.randrange(200))
            case 4:
                raw[:] = msgspec.msgpack.encode(
                    ["answer", [noise.randbytes(30)] * 30, [], None, None]
                )
            case 5:
                whole = decode(answer)
                whole[noise.randrange(5)] = noise.choice([None, -1, "x", {}, [[]], 1e300, b""])
                raw[:] = msgspec.msgpack.encode(whole)
        return bytes(raw)

    def same(raw):
        """Whether a change has left all that counts as it was."""
        try:
            return decode(raw)[1] == decode(answer)[1]
        except (msgspec.DecodeError, IndexError, KeyError, TypeError, UnicodeDecodeError):
            return False

    grown = None
    for number in range(FRAMES):
        raw = changed()
        result = judged(facts, framed(raw))
        assert result.standing == "failing" or same(raw), raw
        if number == FRAMES // 10:
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < 20_000


@pytest.mark.parametrize(
    ("frames", "kind", "says"),
    [
        (
            lambda facts, answer: (facts, struct.pack("<I", 0xFFFFFFFF)),
            "tampering",
            "Its process said what it can't say: an answer of 4294967295 bytes, where ",
        ),
        (
            lambda facts, answer: (facts, framed(b"\x80\x04K\x01.")),
            "tampering",
            "Its process said what it can't say: an answer that can't be read: ",
        ),
        (
            lambda facts, answer: (facts, framed(answer)[:-1]),
            "crash",
            "Ended its own process (exit status 0) before it was judged.",
        ),
        (lambda facts, answer: (), "crash", "Ended its own process (exit status 0) before it was"),
        (
            lambda facts, answer: (framed(answer), framed(answer)),
            "tampering",
            "Its process said what it can't say: an answer that can't be read: ",
        ),
    ],
    ids=["endless", "pickle", "cut", "silence", "out of order"],
)
def test_what_is_wrong_with_a_frame_is_told(liar, frames, kind, says):
    judged, facts, answer = liar
    result = judged(*frames(facts, answer))
    assert result.standing == "failing"
    assert [flag.kind for flag in result.flags] == [kind]
    assert result.flags[0].says.startswith(says)
    assert result.properties[0].outcome == "failed"
