"""Properties and misconceptions of transforms/compose."""

import pickle
from functools import reduce

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


def doubled(x):
    return [x, x]


def wrapped(x):
    return (x,)


def as_text(x):
    return f"<{x}>"


def nothing(x):
    return None


def zero(x):
    return 0


def empty(x):
    return []


def kind(x):
    return type(x).__name__


TRANSFORMS = {each.__name__: each for each in (doubled, wrapped, as_text, kind)}
FALSY = {each.__name__: each for each in (nothing, zero, empty)}

names = st.lists(st.sampled_from(list(TRANSFORMS)), max_size=4)
two_or_more = st.permutations(list(TRANSFORMS)).map(lambda order: order[:3])
samples = st.one_of(st.integers(-3, 3), st.sampled_from(("a", "", None)))


def found(chosen):
    return [{**TRANSFORMS, **FALSY}[name] for name in chosen]


def applied(chosen, x):
    return reduce(lambda value, transform: transform(value), found(chosen), x)


class Counting:
    """A transform that counts its calls and adds the count to what it is given."""

    def __init__(self):
        self.given = []

    def __call__(self, value):
        self.given.append(value)
        return value + len(self.given)


@forall(chosen=two_or_more, x=samples)
def test_calls_them_in_order(impl, chosen, x):
    """The first transform is called first, and each gets what the one before it returned."""
    result = impl.Compose(found(chosen))(x)
    assert_same(result, applied(chosen, x))
    return result


@forall(chosen=names, x=samples)
def test_takes_any_number(impl, chosen, x):
    """There may be any number of transforms, and one may stand there twice."""
    result = impl.Compose(transforms=found(chosen))(x)
    assert_same(result, applied(chosen, x))
    return result


@forall(x=st.tensors())
def test_none_gives_the_object_itself(impl, x):
    """Without transforms it returns the object that it is given."""
    return impl.Compose([])(x) is x


@forall(
    first=st.sampled_from(list(FALSY)),
    second=st.sampled_from(list(TRANSFORMS)),
    x=samples,
    last=st.booleans(),
)
def test_hands_on_whatever_comes(impl, first, second, x, last):
    """None, 0 and an empty list are handed on like anything else."""
    chosen = [second, first] if last else [first, second]
    result = impl.Compose(found(chosen))(x)
    assert_same(result, applied(chosen, x))
    return result


@forall(chosen=two_or_more, x=samples, way=st.sampled_from(("clear", "append", "reverse")))
def test_a_changed_list_changes_nothing(impl, chosen, x, way):
    """What happens to the list afterwards changes nothing, and the list is left as it was."""
    transforms = found(chosen)
    whole = impl.Compose(transforms)
    kept = [each.__name__ for each in transforms]
    if way == "append":
        transforms.append(nothing)
    else:
        getattr(transforms, way)()
    result = whole(x)
    assert_same(result, applied(chosen, x))
    return result, kept


@forall(
    chosen=two_or_more,
    xs=st.lists(samples, min_size=2, max_size=3),
    kind_of=st.sampled_from(("generator", "iterator", "tuple", "dict values")),
)
def test_takes_any_iterable_for_many_calls(impl, chosen, xs, kind_of):
    """A generator, a tuple and other iterables do for any number of calls."""
    transforms = found(chosen)
    if kind_of == "generator":
        transforms = (each for each in transforms)
    elif kind_of == "iterator":
        transforms = iter(transforms)
    elif kind_of == "tuple":
        transforms = tuple(transforms)
    else:
        transforms = dict(enumerate(transforms)).values()
    whole = impl.Compose(transforms)
    results = [whole(x) for x in xs]
    assert_same(results, [applied(chosen, x) for x in xs])
    return results


@forall(x=st.integers(-3, 3), calls=st.integers(0, 3), how_many=st.integers(1, 3))
def test_each_call_calls_each_once(impl, x, calls, how_many):
    """Each call calls each transform once, and nothing else does."""
    transforms = [Counting() for _ in range(how_many)]
    whole = impl.Compose(transforms)
    results = [whole(x) for _ in range(calls)]
    return results, [each.given for each in transforms]


@forall(x=st.integers(-3, 3), before=st.integers(0, 2))
def test_an_exception_comes_out(impl, x, before):
    """A transform's exception comes out as it is, and the next call begins anew."""
    counts = [Counting() for _ in range(before)]
    broken = [True]

    def raises_once(value):
        if broken.pop() if broken else False:
            raise KeyError("broken")
        return value

    whole = impl.Compose([*counts, raises_once, as_text])
    try:
        first = whole(x)
    except KeyError as error:
        first = str(error)
    return first, whole(x), [each.given for each in counts]


@forall(chosen=two_or_more, x=samples, inner=st.booleans())
def test_can_be_pickled_and_nested(impl, chosen, x, inner):
    """A pickled and restored one does the same, and so does one within another."""
    whole = impl.Compose(found(chosen))
    whole = impl.Compose([whole, as_text]) if inner else pickle.loads(pickle.dumps(whole))
    result = whole(x)
    assert_same(result, applied([*chosen, "as_text"] if inner else chosen, x))
    return result


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, x):
        for transform in self.transforms:
            x = transform(x)
        return x


@misconception(
    of="Compose",
    says="The order is that of the list: the first is called first. f ∘ g of the mathematicians "
    "reads from the right, a pipeline from the left.",
)
class CallsTheLastFirst(_Answer):
    def __call__(self, x):
        for transform in reversed(self.transforms):
            x = transform(x)
        return x


@misconception(
    of="Compose",
    says="A generator is spent after one walk: the second call finds no transforms. Keep what "
    "comes out of it.",
)
class KeepsTheGenerator(_Answer):
    def __init__(self, transforms):
        self.transforms = transforms if iter(transforms) is transforms else list(transforms)


@misconception(
    of="Compose",
    says="The list is the caller's, and changes when the caller changes it. Keep one of your own.",
)
class KeepsTheList(_Answer):
    def __init__(self, transforms):
        self.transforms = transforms if isinstance(transforms, list) else list(transforms)


@misconception(
    of="Compose",
    says="Each transform is to get what the one before it returned. Yours all get the sample.",
)
class GivesEachTheSample(_Answer):
    def __call__(self, x):
        result = x
        for transform in self.transforms:
            result = transform(x)
        return result


@misconception(
    of="Compose",
    says="Without transforms nothing is returned. The sample goes through unchanged.",
)
class ReturnsNothingForNone(_Answer):
    def __call__(self, x):
        result = None
        for transform in self.transforms:
            result = x = transform(x)
        return result


@misconception(
    of="Compose",
    says="None, 0 and an empty list count as false, but are results like any other: hand them on.",
)
class SkipsWhatIsFalse(_Answer):
    def __call__(self, x):
        for transform in self.transforms:
            x = transform(x) or x
        return x


@misconception(
    of="Compose",
    says="A result is used again for a sample that was seen before. A transform may be random or "
    "keep count, so that each call must call it.",
)
class RemembersResults(_Answer):
    def __init__(self, transforms):
        super().__init__(transforms)
        self.known = {}

    def __call__(self, x):
        if id(x) not in self.known:
            self.known[id(x)] = super().__call__(x)
        return self.known[id(x)]


@misconception(
    of="Compose",
    says="A function that is made in __init__ can't be pickled. Keep the transforms, and call "
    "them in __call__.",
)
class MakesAClosure(_Answer):
    def __init__(self, transforms):
        super().__init__(transforms)
        self.whole = lambda x: _Answer.__call__(self, x)

    def __call__(self, x):
        return self.whole(x)
