"""Why an input fails: what the inputs that fail have in common, and what makes it right."""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from torchkata.judge.facts import Fact, facts_of

_MOST_CHANCE = 0.002
"""Of a fact that has nothing to do with it to tell which inputs fail; of two, that squared."""
_LEAST_SHARE = {True: 0.25, False: 0.4}
"""How many of the inputs that a fact is so of, or not so of, must fail."""
_LEAST_SHARE_OF_TWO = 0.6
_FEWEST_EACH = 2
_FEWEST_RIGHT = 3
"""How many inputs must be right for it to be told that they have what no other has."""
_MOST_TRIED = 150
_EXACT, _PERIOD = 2**24, 1024
"""float32 holds whole numbers up to the first exactly; it is a multiple of the second, as is 2**53,
so that the remainders of those a little beyond are small."""

Inputs = Mapping[str, Any]


Column = npt.NDArray[np.bool_]
CameOut = tuple[Inputs, bool]
"""One input that was tried, and whether it was right."""


def changed_input(
    shown: Inputs, tried: Sequence[CameOut], passes: Callable[[dict[str, Any]], bool]
) -> str | None:
    """What makes the input `shown` right when just that is changed; None where nothing does.

    Only what all inputs that failed have is changed. `passes` tries one more input.
    """
    for change, sentence in _CHANGES:
        changed = change(dict(shown))
        if changed is not None and _only_where(change, tried) and passes(changed):
            return sentence
    return None


def common_fact(
    shown: Inputs, drawn: Sequence[CameOut], searched: Sequence[CameOut], values_matter: bool
) -> str | None:
    """What all inputs that failed have, `shown` among them; None where that is nothing special.

    What is left out of `shown` is not told of. Those `drawn` by chance tell whether it is special.
    What was `searched` for a small input only tells that it isn't.
    """
    table = _Table(shown, drawn, values_matter)
    others = _Table(shown, searched[:_MOST_TRIED], values_matter)
    telling = []
    for place, option in enumerate([*_single(table), *_double(table)]):
        having = table.having(option)
        if (table.wrong & ~having).any() or (others.wrong & ~others.having(option)).any():
            continue
        share = float(table.wrong[having].mean())
        least = _LEAST_SHARE_OF_TWO if len(option) > 1 else _LEAST_SHARE[option[0][1]]
        if not option[0][1] and (~having).sum() < _FEWEST_RIGHT:
            continue
        if share >= least and table.chance(option) <= _MOST_CHANCE ** len(option):
            telling.append((share, option[0][1], -place, option))
    if not telling:
        return None
    *_, option = max(telling)
    phrase = " or ".join(fact.so if is_so else fact.not_so for fact, is_so in option)
    right = int((~table.having(option)).sum())
    count = f"{right} inputs tried are" if right > 1 else "input tried is"
    return f"Wrong only where {phrase}: the other {count} right."


Option = tuple[tuple[Fact, bool], ...]
"""Facts that are so or not, one of which at least is true of an input."""


class _Table:
    """Which facts are so of which inputs, and which inputs are wrong."""

    def __init__(self, shown: Inputs, tried: Sequence[CameOut], values_matter: bool) -> None:
        # An input that is tried again, as those that are always tried are, tells nothing new.
        each_once = {(repr(sorted(inputs.items())), right): inputs for inputs, right in tried}
        # Banks that repeat themselves hold all inputs that there are.
        self._is_all = 2 * len(each_once) <= len(tried)
        facts = [facts_of(inputs) for inputs in each_once.values()]
        there = [
            {*inputs, *(path for fact in so for path in fact.about)}
            for inputs, so in zip(each_once.values(), facts, strict=True)
        ]
        self.shown = {
            fact: is_so
            for fact, is_so in facts_of(shown).items()
            if is_so is not None and (values_matter or not fact.of_values)
        }
        self.wrong: Column = np.array([not right for _, right in each_once], bool)
        self._so = {
            fact: np.array([each.get(fact) is True for each in facts], bool) for fact in self.shown
        }
        self._known = {
            fact: np.array(
                [
                    each.get(fact, False) is not None and paths.issuperset(fact.about)
                    for each, paths in zip(facts, there, strict=True)
                ],
                bool,
            )
            for fact in self.shown
        }

    def having(self, option: Option) -> Column:
        """Which inputs an option is true of."""
        columns = [
            self._so[fact] if is_so else self._known[fact] & ~self._so[fact]
            for fact, is_so in option
        ]
        found: Column = np.logical_or.reduce(columns)
        return found

    def chance(self, option: Option) -> float:
        """How probably as many inputs, taken by chance, would all be right as have it not."""
        if self._is_all:
            return 0.0
        known = np.logical_and.reduce([self._known[fact] for fact, _ in option])
        without = int((known & ~self.having(option)).sum())
        right = int((known & ~self.wrong).sum())
        return math.comb(right, without) / math.comb(int(known.sum()), without)


def _single(table: _Table) -> Iterator[Option]:
    for fact, is_so in table.shown.items():
        if is_so or fact.not_so:
            yield ((fact, is_so),)


def _double(table: _Table) -> Iterator[Option]:
    """Two facts, one of which is so of the input shown, and each of which some failing input has.

    Some two always tell a little: they must tell nearly exactly which inputs fail.
    """
    facts = [(fact, is_so) for fact, is_so in table.shown.items() if not fact.of_values]
    for (one, one_so), (other, other_so) in itertools.combinations(facts, 2):
        option = ((one, True), (other, True))
        alone = [table.wrong & ~table.having((each,)) for each in option]
        if (one_so or other_so) and min(each.sum() for each in alone) >= _FEWEST_EACH:
            yield option


def _only_where(change: Callable[[dict[str, Any]], Any], tried: Sequence[CameOut]) -> bool:
    """Whether there was something to change in each input that failed."""
    return all(change(dict(inputs)) is not None for inputs, right in tried if not right)


def _contiguous(inputs: dict[str, Any]) -> dict[str, Any] | None:
    return _mapped(
        inputs,
        lambda each: not each.is_contiguous(),
        lambda each: _like(each, each.detach().clone(memory_format=torch.contiguous_format)),
    )


def _without_nan(inputs: dict[str, Any]) -> dict[str, Any] | None:
    return _mapped(
        inputs,
        lambda each: each.is_floating_point() and bool(each.isnan().any()),
        lambda each: _like(each, each.detach().nan_to_num(0.5, torch.inf, -torch.inf)),
    )


def _without_infinity(inputs: dict[str, Any]) -> dict[str, Any] | None:
    return _mapped(
        inputs,
        lambda each: each.is_floating_point() and bool(each.isinf().any()),
        lambda each: _like(each, each.detach().nan_to_num(torch.nan, 2.5, -2.5)),
    )


def _without_grad(inputs: dict[str, Any]) -> dict[str, Any] | None:
    return _mapped(inputs, lambda each: each.requires_grad, torch.Tensor.detach)


def _positive_dim(inputs: dict[str, Any]) -> dict[str, Any] | None:
    dim = inputs.get("dim")
    sizes = [each.dim() for each in inputs.values() if isinstance(each, torch.Tensor)]
    if type(dim) is not int or dim >= 0 or not sizes:
        return None
    return {**inputs, "dim": dim + sizes[0]}


def _float32(inputs: dict[str, Any]) -> dict[str, Any] | None:
    return _mapped(
        inputs,
        lambda each: each.dtype is torch.float64,
        lambda each: _like(each, each.detach().float()),
    )


def _few_digits(inputs: dict[str, Any]) -> dict[str, Any] | None:
    return _mapped(
        inputs,
        lambda each: not each.detach().equal(_shortened(each)),
        lambda each: _like(each, _shortened(each)),
    )


def _shortened(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor with values that float32 holds exactly, those near one another still apart."""
    values = tensor.detach()
    if values.dtype is torch.float64:
        return values.float().double()
    if values.dtype is torch.int64:
        return torch.where(values.abs() > _EXACT, values.fmod(_PERIOD), values)
    return values


def _like(tensor: torch.Tensor, changed: torch.Tensor) -> torch.Tensor:
    return changed.requires_grad_(tensor.requires_grad)


def _mapped(
    inputs: dict[str, Any],
    applies: Callable[[torch.Tensor], bool],
    change: Callable[[torch.Tensor], torch.Tensor],
) -> dict[str, Any] | None:
    """The inputs with the tensors changed to which it applies; None where there are none."""
    changed = {
        name: change(each)
        for name, each in inputs.items()
        if isinstance(each, torch.Tensor) and applies(each)
    }
    return {**inputs, **changed} if changed else None


_CHANGES: tuple[tuple[Callable[[dict[str, Any]], dict[str, Any] | None], str], ...] = (
    (
        _contiguous,
        "With the same values laid out contiguously it is right: something depends on strides.",
    ),
    (_without_nan, "The same input without the NaN is right."),
    (_without_infinity, "The same input without the infinity is right."),
    (_without_grad, "The same input is right when it does not require grad."),
    (_positive_dim, "With the same dim counted from the front it is right: a negative dim is not."),
    (_few_digits, "The same input with fewer digits is right: digits are lost on the way."),
    (_float32, "The same input as float32 is right: float64 is not kept to."),
)
