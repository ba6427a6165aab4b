"""The list of exercises in `kata watch`: what was typed to search it, and which one is chosen."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class List:
    """What was typed, and the place of the chosen exercise among those that match it."""

    typed: str = ""
    chosen: int = 0

    def matches(self, key: str, title: str) -> bool:
        return any(self.typed.lower() in each.lower() for each in (key, title))

    def after(self, key: str, found: int) -> "List":
        """The list after a key was pressed, while `found` exercises match."""
        if key in ("up", "down"):
            step = -1 if key == "up" else 1
            return replace(self, chosen=max(0, min(self.chosen + step, found - 1)))
        if key == "backspace":
            return List(self.typed[:-1])
        if len(key) == 1 and key.isprintable():
            return List(self.typed + key)
        return self
