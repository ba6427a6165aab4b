"""The wire between judge and worker: typed, length-capped binary, never pickle.

What the judge and the zygote send each other is trusted. What a worker sends is not: `Facts`,
`Answer` and `Left`. All that does not fit raises Malformed.
"""

import socket
import struct
import time
from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

import msgspec

from torchkata.values.plain import LARGEST_TEXT, Given, Malformed, Raised, Value, check

LARGEST_SAID = 500
"""Characters of what a student's code raises or prints that are kept: it could carry out inputs."""

LARGEST_ANSWER = 8 << 20
"""Bytes of observations that an honest answer has; of what is more, the type alone is told."""

CONFINED = b"confined"
"""What a worker says first, before it has anything of a student's."""

_LENGTH = struct.Struct("<I")


class Seen(msgspec.Struct, array_like=True):
    """An observation. Of the inputs it has the values alone: the judge knows their names."""

    outcome: Value | Raised
    inputs: list[Value]
    grads: list[Value]
    written: list[bool]
    left_changed: list[str]
    sharing: list[tuple[str, str, str]]
    banned: list[tuple[str, int]]
    calls: list[tuple[str, str]]
    checked: list[Value]
    hooked: list[str]
    moved: list[str]


class Facts(msgspec.Struct, array_like=True, tag="facts"):
    """What the worker says of the file: the lines of its names, what is still the stub's, and a
    sentence, a line, a detail, an exception and whether time ran out where it can't be loaded."""

    lines: dict[str, int]
    untouched: list[str]
    begun: bool
    failure: tuple[str, int, str, tuple[str, str] | None, bool] | None


class Answer(msgspec.Struct, array_like=True, tag="answer"):
    """What one property saw on one device: an encoded `Seen` for each input, what was printed.

    `growth` counts the operations at a small and at a large size. `breach` says what is wrong with
    a name that the property needs, and in which line; then there is nothing else. `last` says that
    the process can run no further property, because CUDA has failed in it.
    """

    seen: list[bytes]
    printed: list[str]
    growth: tuple[int, int] | None
    breach: tuple[str, int] | None
    last: bool = False


class Prepare(msgspec.Struct, array_like=True, tag="prepare"):
    """An exercise for the zygote to know: its stub, its properties, and the inputs of each.

    `tests` is the text of the test file without answers. `modules` are those that its properties
    import while they run: every fork would do it again.
    """

    topic: str
    name: str
    stub: str
    tests: str
    modules: list[str]
    inputs: dict[str, list[Given]]


class Left(msgspec.Struct, array_like=True, tag="left"):
    """What the worker says after its answers, where more files may come: whether its process is as
    it was before the file, and the seconds of CPU time that the file took."""

    as_it_was: bool
    seconds: float


class Job(msgspec.Struct, array_like=True, tag="job"):
    """What to do with a file: which properties to run on which devices, in order, within limits.

    To the zygote it says that a fork is to be made, and with it comes the line on which the fork
    gets the file and answers. On that line `more` jobs may follow, in the same fork: of other files
    of the same student. The limit on time is each job's own, that on memory the fork's.
    """

    topic: str
    name: str
    plan: list[tuple[str, str]]
    path: str
    seconds: float
    memory: int
    more: int = 0


def share(job: Job, endless: int) -> float:
    """Seconds that a property may take, after `endless` others have used up theirs.

    Each halves what the next may take, so that the rest is judged all the same.
    """
    return job.seconds / (1 << (endless + 1))


class Stop(msgspec.Struct, array_like=True, tag="stop"):
    """End the fork."""


class Ready(msgspec.Struct, array_like=True, tag="ready"):
    """The zygote waits; `problem` says why it can't go on."""

    problem: str


class Ended(msgspec.Struct, array_like=True, tag="ended"):
    """A fork and all that it had started are dead.

    `status` is its exit code, negative for a signal; `seconds` are of CPU time; `excess` is set
    where it was ended for its memory.
    """

    status: int
    seconds: float
    excess: bool


FromJudge: TypeAlias = Prepare | Job | Stop
FromZygote: TypeAlias = Ready | Ended

_encoder = msgspec.msgpack.Encoder()
_judge_decoder = msgspec.msgpack.Decoder(FromJudge)
_zygote_decoder = msgspec.msgpack.Decoder(FromZygote)
_facts_decoder = msgspec.msgpack.Decoder(Facts)
_answer_decoder = msgspec.msgpack.Decoder(Answer)
_left_decoder = msgspec.msgpack.Decoder(Left)

encode = _encoder.encode

_Struct = TypeVar("_Struct")


def send(line: socket.socket, message: bytes) -> None:
    """Send one frame: its length, then its bytes."""
    line.sendall(_LENGTH.pack(len(message)) + message)


class Reader:
    """Takes frames from a socket that a hostile process may write to."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._come = bytearray()

    def frame(self, largest: int, deadline: float | None = None) -> bytes | None:
        """The next frame, or None where the line was closed before it was whole.

        Nothing of what comes after it is taken. Raises Malformed where it is larger than `largest`
        bytes, and TimeoutError where it has not come at `deadline`, a time of time.monotonic().
        """
        head = self._take(_LENGTH.size, deadline)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > largest:
            raise Malformed(f"an answer of {length} bytes, where {largest} are the most")
        return self._take(length, deadline)

    def _take(self, wanted: int, deadline: float | None) -> bytes | None:
        while len(self._come) < wanted:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            self._line.settimeout(left)
            try:
                more = self._line.recv(min(wanted - len(self._come), 1 << 20))
            except ConnectionError:
                more = b""
            if not more:
                return None
            self._come += more
        taken = bytes(self._come[:wanted])
        del self._come[:wanted]
        return taken


def from_judge(raw: bytes) -> FromJudge:
    """What the judge said to the zygote."""
    message: FromJudge = _judge_decoder.decode(raw)
    return message


def from_zygote(raw: bytes) -> FromZygote:
    """What the zygote said to the judge."""
    message: FromZygote = _zygote_decoder.decode(raw)
    return message


def facts(raw: bytes) -> Facts:
    """The facts in a frame. Raises Malformed."""
    found = decoded(_facts_decoder, raw)
    texts = [*found.lines, *found.untouched, *(_texts(found.failure))]
    check(all(len(each) <= LARGEST_TEXT for each in texts), "a text is too long")
    check(
        all(1 <= each < 1 << 31 for each in found.lines.values()), "a line's number is out of range"
    )
    return found


def answer(raw: bytes, inputs: int) -> Answer:
    """The answer in a frame, to `inputs` inputs. Raises Malformed."""
    found = decoded(_answer_decoder, raw)
    check(len(found.seen) <= inputs, f"{len(found.seen)} observations of {inputs} inputs")
    check(len(found.printed) <= len(found.seen), "more output than observations")
    texts = [*found.printed, *_texts(found.breach)]
    check(all(len(each) <= LARGEST_TEXT for each in texts), "a text is too long")
    return found


def left(raw: bytes) -> Left:
    """What a frame says of the process after a file. Raises Malformed."""
    return decoded(_left_decoder, raw)


def _texts(parts: Sequence[Any] | None) -> list[str]:
    return [each for each in parts or () if isinstance(each, str)]


def decoded(decoder: "msgspec.msgpack.Decoder[_Struct]", raw: bytes) -> _Struct:
    """What the bytes hold. Raises Malformed."""
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, MemoryError, UnicodeDecodeError) as error:
        raise Malformed(f"an answer that can't be read: {str(error)[:200]}") from None
