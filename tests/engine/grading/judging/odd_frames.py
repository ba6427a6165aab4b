"""Frames that a worker could send and no honest one does: well-formed, and odd in what they hold.

`python -m tests.engine.grading.judging.odd_frames N` judges N of them, and says how long it took
and how much memory grew.
"""

import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec

from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging import wire
from torchkata.grading.judging.claims import Told, decoded
from torchkata.grading.judging.examiner import Examiner
from torchkata.suite.curriculum import read_suite
from torchkata.values import plain

TENSORS = ("float32", "float16", "bool", "int64", "complex64", "bfloat16", "uint8", "uint64")
ODD_TENSORS = ("qint8", "objekt", "float8_e5m2", "complex32", "")
ARRAYS = (
    *("float32", "int64", "bool", "<U3", "|S4", "complex128", ">f4", "longdouble", "float128"),
    *("datetime64[s]", "datetime64", "timedelta64[ns]", "float16", "|V0", "V0", "|V8", "O", "<U0"),
    *("f4,i2", "[('a', '<i4')]", "int", "m8", "nothing", "|S0", "datetime64[0s]", ""),
)
TEXTS = (
    *("", "a", "x" * 10_000, "\0", "\u202e<b>", "[bold]x[/bold]", "\x1b[31m", "é\n\r\t", "=1+1"),
    *("cpu", "sim:0", "cuda:0", "NotImplementedError", "result", "result[0]", "x", "{} %s {0}"),
)
NUMBERS = (0, 1, -1, 7, 2**31, 2**63 - 1, -(2**63))
FLOATS = (0.0, -0.0, 1.5, float("nan"), float("inf"), 5e-324, 1.7e308)
CAUSES = ("exception", "invariant", "contract", "unusable", "time", "fate")
KINDS = ("list", "tuple", "set", "dict", "frozen")


class Odd:
    """Draws values as the wire has them, from a random generator."""

    def __init__(self, noise):
        self.noise = noise

    def text(self):
        return self.noise.choice(TEXTS)

    def shape(self):
        sides = (0, 1, 2, 3)
        odd = (-1, 1 << 20, 1 << 62)
        shape = [self.noise.choice(sides) for _ in range(self.noise.randrange(4))]
        if self.noise.random() < 0.03:
            shape.append(self.noise.choice(odd))
        return shape

    def data(self, shape, itemsize):
        count = itemsize
        for side in shape:
            count *= side if 0 <= side < 100 else 0
        return self.noise.randbytes(count + (self.noise.random() < 0.05))

    def tensor(self):
        import torch

        name = self.noise.choice(TENSORS if self.noise.random() < 0.95 else ODD_TENSORS)
        shape = self.shape()
        size = getattr(getattr(torch, name, None), "itemsize", 1)
        wants = self.noise.random() < 0.3
        return plain.Tensor(name, shape, self.text(), wants, self.data(shape, size))

    def array(self):
        import numpy as np

        name, shape = self.noise.choice(ARRAYS), self.shape()
        try:
            size = np.dtype(name).itemsize
        except Exception:
            size = 4
        return plain.Array(name, shape, self.data(shape, size))

    def container(self, depth):
        kind = self.noise.choice(KINDS)
        items = [self.value(depth + 1) for _ in range(self.noise.randrange(4))]
        keys = [self.value(depth + 1) for _ in items] if kind == "dict" else None
        return plain.Container(kind, keys, items)

    def value(self, depth=0):
        match self.noise.randrange(14 if depth < 4 else 11):
            case 0:
                return self.noise.choice((None, True, False))
            case 1:
                return self.noise.choice(NUMBERS)
            case 2:
                return self.noise.choice(FLOATS)
            case 3:
                return self.text()
            case 4:
                return plain.Bytes(self.noise.randbytes(self.noise.randrange(5)))
            case 5:
                return plain.Opaque(self.text())
            case 6:
                return plain.Dtype(self.noise.choice((*TENSORS, *ODD_TENSORS)))
            case 7:
                return plain.Complex(self.noise.choice(FLOATS), self.noise.choice(FLOATS))
            case 8:
                return plain.Integer(self.noise.choice(("0x1" + "f" * 3_400, "-0x5", "0x_1", "zz")))
            case 9:
                return plain.Text(self.noise.choice((b"\xed\xa0\x80", b"\xff", b"a")))
            case 10:
                return self.array()
            case 11:
                return self.container(depth)
        return self.tensor()

    def raised(self):
        lines = [
            plain.Line(self.noise.choice(NUMBERS), self.text(), self.text(), [self.text()])
            for _ in range(self.noise.randrange(3))
        ]
        kinds = [self.text() for _ in range(self.noise.randrange(4))]
        return plain.Raised(self.noise.choice(CAUSES), kinds, self.text(), lines)

    def seen(self, right):
        """An observation: the right one with some of its parts odd."""
        found = msgspec.msgpack.decode(right, type=wire.Seen)
        for name in self.noise.sample(wire.Seen.__struct_fields__, self.noise.randrange(1, 4)):
            count = len(getattr(found, name)) if name != "outcome" else 0
            few = range(self.noise.randrange(3))
            match name:
                case "outcome":
                    found.outcome = self.raised() if self.noise.random() < 0.2 else self.value()
                case "inputs" | "grads":
                    setattr(found, name, [self.value() for _ in range(count)])
                case "written":
                    found.written = [self.noise.random() < 0.5 for _ in range(count)]
                case "checked":
                    found.checked = [self.value() for _ in range(max(count, len(few)))]
                case "left_changed":
                    found.left_changed = [self.text() for _ in few]
                case "sharing":
                    found.sharing = [(self.text(), self.text(), self.text()) for _ in few]
                case "banned":
                    found.banned = [(self.text(), self.noise.choice(NUMBERS)) for _ in few]
                case "calls":
                    found.calls = [(self.text(), self.text()) for _ in few]
        return wire.encode(found)


def judge(examiner, noise, number):
    """Have so many odd answers judged; what came of them, by the kind of their flag."""
    odd = Odd(noise)
    steps = list(examiner._expected)
    came = Counter()
    right_answers = {}
    for each, expected in examiner._expected.items():
        whole = wire.Answer([one.raw for one in expected], [], (1, 1), None)
        right_answers[each] = decoded(examiner._expected[each], wire.encode(whole))
    for _ in range(number):
        step = noise.choice(steps)
        right = [each.raw for each in examiner._expected[step]]
        raws = list(right)
        for place in noise.sample(range(len(raws)), min(2, len(raws))):
            raws[place] = odd.seen(right[place])
        growth = noise.choice((None, (1, 1), (2**40, -3)))
        answer = wire.Answer(raws, [odd.text() for _ in raws], growth, None)
        prop = examiner._properties[step[0]]
        told = Told(facts=wire.Facts({prop.targets[0]: 1}, [odd.text()], True, None))
        told.answers.update(right_answers)
        try:
            told.answers[step] = decoded(examiner._expected[step], wire.encode(answer))
        except plain.Malformed:
            came["malformed"] += 1
            continue
        result = examiner._result(prop, told)
        faults = [each for each in told.faults.values() if "compared" in each.says]
        assert not faults, (faults, raws)
        came[result.outcome] += 1
    return came


def examiner_of(root, name, *devices):
    assignment = Assignment("", (), devices or ("cpu",), limit=5, seed=0)
    return Examiner(read_suite(root).find(name), assignment)


def main():
    number = int(sys.argv[1])
    root = Path(__file__).parents[4]
    noise = random.Random(0)
    names = ("one_hot", "sharing", "custom_dataset", "sgd_update", "numpy_bridge")
    begin = time.monotonic()
    came = Counter()
    examiners = [examiner_of(root, name) for name in names]
    for examiner in examiners:
        came += judge(examiner, noise, 200)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for examiner in examiners:
        came += judge(examiner, noise, number // len(names))
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    print(f"{dict(came)} in {time.monotonic() - begin:.0f} s; {more / 1024:.0f} MiB more")


if __name__ == "__main__":
    main()
