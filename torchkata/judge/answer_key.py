"""The answer key of an exercise: its inputs, and what solution and misconceptions do with them.

None of that depends on a learner, so it is made once and kept on disk, under a digest of all that
it depends on. What can't be kept, or read again, is made again in memory, and nothing is said.
"""

import json
import platform
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import msgspec
import torch

from torchkata.judge import loading
from torchkata.judge.kept_observations import Seen, packed_observation, unpacked_observation
from torchkata.judge.trial import EARLIER
from torchkata.suite.cache import Cache
from torchkata.suite.curriculum import Exercise
from torchkata.suite.digests import digest, engine_digest, files_digest, libraries
from torchkata.values.identity import identical, identical_inputs
from torchkata.values.observation import Observation
from torchkata.values.packing import packed_input, unpacked_input
from torchkata.values.plain import GivenItems

_DRAWS_AND_OBSERVES = ("properties", "strategies", "values", "judge", "devices")
"""The parts of the engine that inputs and observations come from."""


class _Kept(msgspec.Struct, array_like=True):
    """What is on disk. `seen` holds each encoded observation once; `observed` their positions."""

    digest: str
    inputs: dict[str, bytes] = {}
    seen: list[bytes] = []
    observed: dict[str, list[int]] = {}
    growing: dict[str, bool] = {}


_encoder = msgspec.msgpack.Encoder()
_kept_decoder = msgspec.msgpack.Decoder(_Kept)
_seen_decoder = msgspec.msgpack.Decoder(Seen)
_inputs_decoder = msgspec.msgpack.Decoder(list[GivenItems])


def engine() -> str:
    """A digest of the parts of the engine that answers come from, as they were when first asked."""
    return engine_digest(*_DRAWS_AND_OBSERVES)


class AnswerKey:
    """What is known of one exercise for one seed, as far as it was kept under its `name`.

    `witnessed` tells whether references are taken down, for a judge who compares elsewhere. Without
    a `cache` nothing is known, and nothing kept.
    """

    def __init__(
        self, exercise: Exercise, seed: int, cache: Cache | None, *, witnessed: bool = False
    ) -> None:
        self._exercise = exercise
        self._seed = seed
        self._witnessed = witnessed
        # Before the exercise's files are imported, so that a later change of them is noticed.
        self.name = "" if cache is None else self._digest()
        self._cache = cache if self.name else None
        self._kept: _Kept | None = None
        self._decoded: dict[int, Observation] = {}
        self._places: dict[bytes, int] = {}
        self._is_new = False

    def holds(self, prop: str, device: str) -> bool:
        """Whether it has a property's inputs and what is expected; or can't have them.

        Where there is no folder, or not for this process, all that could be made is made.
        """
        known = self._known()
        parts = _part(prop, "0") in known.inputs, _part(prop, _named(device), "") in known.observed
        return all(parts) or not self._may_keep()

    def inputs(self, prop: str, draw: int) -> list[dict[str, Any]] | None:
        """A property's inputs of a draw; None where they are not known."""
        raw = self._known().inputs.get(_part(prop, str(draw)))
        if raw is None:
            return None
        with suppress(Exception):  # of many kinds: whatever is wrong with it, it is made again
            return [unpacked_input(each) for each in _inputs_decoder.decode(raw)]
        return None

    def keep_inputs(self, prop: str, draw: int, inputs: Sequence[dict[str, Any]]) -> None:
        """Keep a property's inputs, where they are plain data."""
        if not self._may_keep():
            return
        try:
            raw = _encoder.encode([packed_input(each) for each in inputs])
            again = [unpacked_input(each) for each in _inputs_decoder.decode(raw)]
        except Exception:  # no plain data
            return
        if identical_inputs(again, list(inputs)):
            self._known().inputs[_part(prop, str(draw))] = raw
            self._is_new = True

    def observed(self, prop: str, device: str, mark: str) -> list[Observation] | None:
        """What the solution did with a property's inputs; a `mark`, with as many as it was run on.

        None where it is not known.
        """
        places = self._known().observed.get(_part(prop, _named(device), mark))
        if places is None:
            return None
        with suppress(Exception):  # as above
            return [self._observation(place) for place in places]
        return None

    def keep_observed(
        self,
        prop: str,
        device: str,
        mark: str,
        observed: Sequence[Observation],
        after: int = 0,
    ) -> None:
        """Keep what was done with a property's inputs `after` the first, where that is plain data.

        Memory that is shared with an earlier result is no part of an answer: it depends on what
        was asked before.
        """
        if not self._may_keep() or any(
            name == EARLIER for each in observed for _, name, _ in each.sharing
        ):
            return
        try:
            raws = [_encoder.encode(packed_observation(each)) for each in observed]
            again = [unpacked_observation(_seen_decoder.decode(each)) for each in raws]
        except Exception:  # as above
            return
        if not identical(again, list(observed)):
            return
        kept = self._known()
        part = _part(prop, _named(device), mark)
        before = kept.observed.get(part, []) if after else []
        if len(before) == after:
            kept.observed[part] = [*before, *map(self._place, raws)]
            self._is_new = True

    def _place(self, raw: bytes) -> int:
        """Where an encoded observation stands."""
        kept = self._known()
        if not self._places:
            self._places = {each: place for place, each in enumerate(kept.seen)}
        place = self._places.setdefault(raw, len(kept.seen))
        if place == len(kept.seen):
            kept.seen.append(raw)
        return place

    def grows(self, prop: str, device: str, mark: str) -> bool | None:
        """Whether a misconception's operations grow with the size; None where it isn't known."""
        return self._known().growing.get(_part(prop, _named(device), mark))

    def keep_grows(self, prop: str, device: str, mark: str, grows: bool) -> None:
        """Keep whether a misconception's operations grow with the size."""
        if self._may_keep():
            self._known().growing[_part(prop, _named(device), mark)] = grows
            self._is_new = True

    def save(self) -> None:
        """Write down what is new, and let go of what is on disk until it is asked for again."""
        kept = self._kept if self._is_new else None
        if self._cache is not None and kept is not None and self._digest() == self.name:
            self._cache.write(self.name, _encoder.encode(kept))
        self._kept = None
        self._decoded.clear()
        self._places.clear()
        self._is_new = False

    def _known(self) -> _Kept:
        if self._kept is None:
            self._kept = self._read() or _Kept(self.name)
        return self._kept

    def _read(self) -> _Kept | None:
        # The files may have changed while they were imported.
        if self._cache is None or self._digest() != self.name:
            return None
        raw = self._cache.read(self.name)
        if raw is None:
            return None
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            kept = _kept_decoder.decode(raw)
            return kept if kept.digest == self.name else None
        return None

    def _observation(self, place: int) -> Observation:
        if place not in self._decoded:
            raw = self._known().seen[place]
            self._decoded[place] = unpacked_observation(_seen_decoder.decode(raw))
        return self._decoded[place]

    def _may_keep(self) -> bool:
        # What a solution calls may be changed by a learner's code.
        return self._cache is not None and not loading.has_run()

    def _digest(self) -> str:
        """A digest of all that an answer depends on, but for the device; empty for no files."""
        facts = {
            "engine": engine(),
            "libraries": libraries(),
            "python": platform.python_version(),
            "machine": [platform.machine(), torch.backends.cpu.get_cpu_capability()],
            "exercise": self._exercise.key,
            "seed": self._seed,
            "witnessed": self._witnessed,
        }
        try:
            files = files_digest(self._exercise)
        except OSError:
            return ""
        return digest([files.encode(), json.dumps(facts, sort_keys=True).encode()])


def _part(*names: str) -> str:
    return "\n".join(names)


def _named(device: str) -> str:
    """A device with what its results depend on."""
    if device != "cuda":
        return device
    return f"cuda {torch.version.cuda} {torch.cuda.get_device_name()}"
