"""What a check came to: text where there is only text, pictures where a notebook shows HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from torchkata.judge.verdict import Verdict
from torchkata.telling.headlines import reason
from torchkata.telling.rendering import render


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """The verdicts on an answer: one for each property and device."""

    exercise: str
    verdicts: Sequence[Verdict]
    again: str

    @property
    def passed(self) -> bool:
        """Whether all of them are passed."""
        return all(each.outcome == "passed" for each in self.verdicts)

    @property
    def text(self) -> str:
        """How many checks pass, and the first verdict that does not, as `kata check` tells it."""
        return "\n\n".join([self._count, *self._told])

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from torchkata.telling.pictures import verdict_css, verdict_html
        from torchkata.telling.pictures.markup import element

        style = f"<style>{verdict_css()}</style>"
        count = element("p", self._count, class_="kata-count")
        first = self._first
        article = "" if first is None else verdict_html(first)
        items = [element("li", each) for each in self._others]
        others = element("ul", *items, class_="kata-others") if items else ""
        hint = element("p", self._hint, class_="kata-next") if first is not None else ""
        return f'{style}<div class="kata-result">{count}{article}{others}{hint}</div>'

    @property
    def _count(self) -> str:
        passed = sum(each.outcome == "passed" for each in self.verdicts)
        if self.passed:
            return f"{self.exercise}: solved, all {passed} checks pass"
        return f"{self.exercise}: {passed} of {len(self.verdicts)} checks pass"

    @property
    def _first(self) -> Verdict | None:
        """The verdict to be told in full: a failure before what is not begun."""
        open_ = [each for each in self.verdicts if each.outcome != "passed"]
        return min(open_, key=lambda each: (each.outcome == "todo", each.brief), default=None)

    @property
    def _told(self) -> list[str]:
        if self._first is None:
            return []
        hint = f'hint("{self.exercise}")'
        first = render(self._first, hint, self.again).plain
        others = "\n".join(f"- {each}" for each in self._others)
        return [first, *([f"also:\n{others}"] if others else [])]

    @property
    def _others(self) -> list[str]:
        """What else is not passed, in a line each, and each reason once."""
        said = [
            f"{each.sentence} {reason(each)}" if each.outcome == "failed" else reason(each)
            for each in self.verdicts
            if each.outcome != "passed" and each is not self._first and not each.untried
        ]
        first = reason(self._first) if self._first is not None else ""
        return [each for each in dict.fromkeys(said) if not each.endswith(first)]

    @property
    def _hint(self) -> str:
        return f'hint("{self.exercise}") shows a hint.'


@dataclass(frozen=True, slots=True, repr=False)
class Hints:
    """Hints of an exercise, those that were asked for so far; the latest is the last."""

    exercise: str
    texts: Sequence[str]
    count: int

    @property
    def text(self) -> str:
        return "\n\n".join(f"{self._lead(at)}\n{each}" for at, each in enumerate(self.texts))

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from torchkata.telling.pictures.markup import element

        items = [
            element("div", element("p", element("strong", self._lead(at))), element("p", each))
            for at, each in enumerate(self.texts)
        ]
        return str(element("div", *items, class_="kata-hints"))

    def _lead(self, at: int) -> str:
        return f"{self.exercise}, hint {at + 1} of {self.count}"
