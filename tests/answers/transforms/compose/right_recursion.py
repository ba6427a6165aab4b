"""Head and tail; a dataclass."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass
class Compose:
    transforms: Iterable[Any]

    def __post_init__(self) -> None:
        self.transforms = [t for t in self.transforms]

    def _from(self, place: int, x: Any) -> Any:
        if place == len(self.transforms):
            return x
        return self._from(place + 1, self.transforms[place](x))

    def __call__(self, x: Any) -> Any:
        return self._from(0, x)
