"""Why an implementation fails, in one sentence that was found by trying."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from torchkata.judge.attempt import Tried
from torchkata.judge.counterfactuals import changed_input, common_fact
from torchkata.judge.findings import inputs_before
from torchkata.judge.relations import Pair, one_way, relation
from torchkata.values.difference import Stage
from torchkata.values.observation import Raised

_COMPARED = (Stage.SHAPE, Stage.VALUES)
_SELF_EVIDENT = (Stage.AFTERWARDS, Stage.OPERATIONS)
"""Stages whose sentence says what to mend."""

Try = Callable[[dict[str, Any]], Tried | None]
"""Tries an input; None where that can't be."""


def why(
    shown: Tried,
    drawn: Sequence[Tried],
    searched: Sequence[Tried],
    one_more: Try,
    draw_more: Callable[[], Iterable[dict[str, Any]]],
    tries: Iterable[tuple[Try, str]],
    names: Collection[str],
) -> str | None:
    """What tells most of why the input `shown` fails; None where nothing was found.

    Each is true of all inputs that were tried, whether `drawn` by chance or `searched` for a small
    one: what makes the input right when it is changed; how the result is related to the right one;
    what the inputs that fail have in common. `one_more` tries an input, None where that can't be,
    `draw_more` gives inputs to try, and `tries` are other ways to try the input shown, with what it
    means where it is right in that way. `names` are those that a learner knows the inputs by;
    of any other, a word alone says what it means.
    """
    assert shown.difference is not None
    if shown.difference.stage in _SELF_EVIDENT:
        return None

    for try_it, sentence in tries:
        tried = try_it(shown.inputs)
        if tried is not None and tried.difference is None:
            return sentence

    def passes(inputs: dict[str, Any]) -> bool:
        tried = one_more(inputs)
        return tried is not None and tried.difference is None

    def known(tried: Tried) -> dict[str, Any]:
        return {
            name: each
            for name, each in tried.inputs.items()
            if name in names or isinstance(each, str)
        }

    def pair(tried: Tried) -> Pair:
        inputs = inputs_before(known(tried), "cpu")
        return Pair(tried.expected.outcome, tried.actual.outcome, inputs)

    failed = [shown, *(each for each in (*drawn, *searched) if each.difference is not None)]
    came_out = _came_out([*drawn, *searched])
    told = changed_input(shown.inputs, came_out, passes) or _relation(failed, pair)
    if told is not None or shown.difference.stage is Stage.SHARING:
        return told
    more = [each for each in map(one_more, draw_more()) if each is not None]
    drawn = [*drawn, *more]
    failed += [each for each in more if each.difference is not None]
    values_matter = shown.difference.stage in (Stage.RAN, Stage.VALUES)
    return (
        common_fact(known(shown), _came_out(drawn), _came_out(searched), values_matter)
        or one_way([pair(each) for each in failed])
        or _none_refused(failed, [*drawn, *searched])
    )


def _came_out(tried: Sequence[Tried]) -> list[tuple[dict[str, Any], bool]]:
    return [(each.inputs, each.difference is None) for each in tried]


def _none_refused(failed: Sequence[Tried], tried: Sequence[Tried]) -> str | None:
    """That nothing is refused, where everything must be."""
    came_through = all(
        isinstance(each.expected.outcome, Raised) and not isinstance(each.actual.outcome, Raised)
        for each in failed
    )
    if not came_through or len(failed) <= len(tried):
        return None
    return f"All {len(failed) - 1} inputs tried must be refused, and none is."


def _relation(failed: Sequence[Tried], pair: Callable[[Tried], Pair]) -> str | None:
    """How the results are related, of those inputs that gave one; whole results before parts."""
    results = [each for each in failed if not isinstance(each.actual.outcome, Raised)]
    whole = [pair(each) for each in results if not isinstance(each.expected.outcome, Raised)]
    parts = [
        Pair(found.expected, found.actual, pair(each).inputs, found.tolerance)
        for each in failed
        if (found := each.difference) is not None and found.stage in _COMPARED
    ]
    if not parts or len(parts) < len(results):
        return None
    for pairs in (whole, parts):
        told = relation(pairs) if len(pairs) > 1 else None
        if told is not None:
            return told
    return None
