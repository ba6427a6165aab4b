"""Properties and misconceptions of data/random_split."""

import math
import random
from collections import Counter

import torch
from torch.utils.data import random_split

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SPLITS = 600
FEWEST, MOST = 43, 165
"""How often each of six choices comes in 600 fair splits. By Chernoff's bound one of the six is
outside with a probability of less than 1e-9."""

ABOVE_ONE = [0.05, 0.55, 0.3, 0.1]
FRACTIONS = (
    [0.5, 0.5],
    [0.5, 0.25, 0.25],
    [0.7, 0.2, 0.1],
    [0.29, 0.71],
    [1 / 3, 1 / 3, 1 / 3],
    [0.8, 0.1, 0.1],
    [0.1] * 10,
    [0.0, 1.0],
    [0.0, 0.5, 0.5],
    [1.0],
)
OFF = ([0.5, 0.4], [0.5, 0.6], [0.0, 0.0], [1.5, -0.5], [-0.5, 0.5, 1.0], [0.999], [1.0, 1.0])

fractions_of_one = st.sampled_from(FRACTIONS)


def source(seed):
    return torch.Generator().manual_seed(seed)


def next_of(generator=None):
    return {"what torch.rand gives afterwards": torch.rand(4, generator=generator)}


def members(parts):
    return [sorted(part.tolist()) for part in parts]


@forall(
    n=st.one_of(st.integers(0, 23), st.sampled_from((100, 60))),
    fractions=fractions_of_one,
    seed=st.integers(0, 9),
    strata={
        "samples are left": {"n": st.just(7), "fractions": st.just([0.5, 0.25, 0.25])},
        "a product just below": {"n": st.just(100), "fractions": st.just([0.29, 0.71])},
        "some are left for a part of 0": {"n": st.just(7), "fractions": st.just([0.0, 0.5, 0.5])},
        "fewer samples than parts": {"n": st.just(3), "fractions": st.just([0.1] * 10)},
    },
)
def test_has_the_sizes(impl, n, fractions, seed):
    """Each part gets n · fraction samples, rounded down; what is left is dealt from the first."""
    parts = impl.split(n, fractions, source(seed))
    shapes = [torch.zeros_like(part) for part in parts]
    whole = random_split(range(n), fractions, source(seed))
    assert_same(shapes, [torch.zeros(len(part), dtype=torch.int64) for part in whole])
    return shapes


@forall(n=st.integers(0, 40), fractions=fractions_of_one, seed=st.integers(0, 9))
def test_each_sample_is_in_one_part(impl, n, fractions, seed):
    """Each sample is in exactly one part."""
    parts = impl.split(n=n, fractions=fractions, generator=source(seed))
    numbers = sorted(number for part in members(parts) for number in part)
    assert_same(numbers, list(range(n)))
    return numbers


@forall(n=st.sampled_from((20, 7, 0, 100)), seed=st.integers(0, 9), examples=4)
def test_takes_a_sum_that_is_rounded(impl, n, seed):
    """Fractions whose sum is 1 but for the rounding are taken, also where it is above 1."""
    parts = impl.split(n, ABOVE_ONE, source(seed))
    return [len(part) for part in parts], sorted(torch.cat(parts).tolist())


@forall(n=st.integers(0, 9), fractions=st.sampled_from(OFF), raises=ValueError)
def test_refuses_other_sums(impl, n, fractions):
    """Fractions that don't sum to 1, or of which one is negative, are refused."""
    return impl.split(n, fractions, source(0))


@forall(n=st.integers(60, 70), fractions=st.sampled_from(FRACTIONS[:3]), seed=st.integers(0, 9))
def test_draws_from_the_generator(impl, n, fractions, seed):
    """The same seed gives the same split, and the next call another; the global state is left."""
    torch.manual_seed(99)
    generator = source(seed)
    first, *more = (members(impl.split(n, fractions, generator)) for _ in range(4))
    assert_same(next_of(), next_of(source(99)))
    assert first[0] != list(range(len(first[0]))), "The first part has the first samples."
    again = members(impl.split(n, fractions, source(seed)))
    assert again == first, "Another generator with the same seed gives another split."
    assert any(each != first for each in more), "Four calls with one generator give one split."
    return again == first


@forall(n=st.integers(60, 70), seed=st.integers(0, 9), examples=10)
def test_none_is_the_global_state(impl, n, seed):
    """Without a generator, split draws from torch's global random state."""
    torch.manual_seed(seed)
    first, *more = (members(impl.split(n, [0.5, 0.5], None)) for _ in range(4))
    torch.manual_seed(seed)
    again = members(impl.split(n, [0.5, 0.5], None))
    assert again == first, "The same global seed gives another split."
    assert any(each != first for each in more), "Four calls in a row give the same split."
    return again == first


@forall(seed=st.integers(0, 9), globally=st.booleans(), examples=2)
def test_each_choice_is_as_likely(impl, seed, globally):
    """Each choice of samples for a part is as likely as any other."""
    torch.manual_seed(seed)
    generator = None if globally else source(seed)
    splits = (impl.split(4, [0.5, 0.5], generator) for _ in range(SPLITS))
    seen = Counter(tuple(members(parts)[0]) for parts in splits)
    assert len(seen) == 6, f"{SPLITS} splits of 4 samples in halves gave {len(seen)} of 6 halves."
    for half, count in seen.items():
        assert FEWEST <= count <= MOST, (
            f"The first half was {half} in {count} of {SPLITS} splits: it should be about 100."
        )
    return set(seen)


def _sizes(n, fractions):
    if not fractions or min(fractions) < 0 or not math.isclose(sum(fractions), 1):
        raise ValueError(fractions)
    sizes = [math.floor(n * fraction) for fraction in fractions]
    return [size + (part < n - sum(sizes)) for part, size in enumerate(sizes)]


def _cut(order, sizes):
    ends = [sum(sizes[: part + 1]) for part in range(len(sizes))]
    return [order[end - size : end] for end, size in zip(ends, sizes, strict=True)]


@misconception(
    of="split",
    says="Rounded down, the sizes need not add up to n: the samples at the end are in no part.",
)
def loses_what_is_left(n, fractions, generator):
    _sizes(n, fractions)
    sizes = [math.floor(n * fraction) for fraction in fractions]
    return _cut(torch.randperm(n, generator=generator), sizes)


@misconception(
    of="split",
    says="The last part gets all that is left, and none of the others any of it. It is dealt out "
    "one by one, from the first part on.",
)
def gives_the_last_part_the_rest(n, fractions, generator):
    _sizes(n, fractions)
    sizes = [math.floor(n * fraction) for fraction in fractions[:-1]]
    return _cut(torch.randperm(n, generator=generator), [*sizes, n - sum(sizes)])


@misconception(
    of="split",
    says="Sizes that are rounded to the nearest can add up to more than there is, or to less.",
)
def rounds_to_the_nearest(n, fractions, generator):
    _sizes(n, fractions)
    return _cut(torch.randperm(n, generator=generator), [round(n * each) for each in fractions])


@misconception(
    of="split",
    says="The numbers are cut as they are, without a shuffle: whatever order the file has, the "
    "parts have it too.",
)
def does_not_shuffle(n, fractions, generator):
    return _cut(torch.arange(n), _sizes(n, fractions))


@misconception(
    of="split",
    says="Each part is drawn by itself, so that a sample can be in two of them: the model is "
    "measured with what it was trained on. Shuffle once.",
)
def draws_each_part(n, fractions, generator):
    return [torch.randperm(n, generator=generator)[:size] for size in _sizes(n, fractions)]


@misconception(
    of="split",
    says="randint draws each number by itself: some samples come twice, and others never.",
)
def draws_with_replacement(n, fractions, generator):
    return _cut(torch.randint(max(n, 1), (n,), generator=generator), _sizes(n, fractions))


@misconception(of="split", says="The argument generator is never used.")
def ignores_the_generator(n, fractions, generator):
    return _cut(torch.randperm(n), _sizes(n, fractions))


@misconception(
    of="split",
    says="torch.manual_seed sets the global random state, which everybody shares. Draw from the "
    "generator itself.",
)
def seeds_the_global_state(n, fractions, generator):
    if generator is not None:
        torch.manual_seed(generator.initial_seed())
    return _cut(torch.randperm(n), _sizes(n, fractions))


@misconception(
    of="split",
    says="A sum of floats is rounded, and comes out a little above 1 or below. math.isclose leaves "
    "room for both.",
)
def wants_a_sum_of_exactly_one(n, fractions, generator):
    if sum(fractions) != 1:
        raise ValueError(fractions)
    return _cut(torch.randperm(n, generator=generator), _sizes(n, fractions))


@misconception(
    of="split",
    says="Python's random has a state of its own, of which the generator knows nothing.",
)
def shuffles_with_python(n, fractions, generator):
    return _cut(torch.tensor(random.sample(range(n), n), dtype=torch.int64), _sizes(n, fractions))


@misconception(
    of="split",
    says="What is left goes to the parts that lost most by rounding. That is fair, but not the "
    "rule: the first part is the first to get one.",
)
def deals_to_those_that_lost_most(n, fractions, generator):
    _sizes(n, fractions)
    exact = [n * fraction for fraction in fractions]
    sizes = [math.floor(each) for each in exact]
    order = sorted(range(len(sizes)), key=lambda part: sizes[part] - exact[part])
    for part in order[: n - sum(sizes)]:
        sizes[part] += 1
    return _cut(torch.randperm(n, generator=generator), sizes)


@misconception(
    of="split",
    says="torch.tensor([]) is float32: an empty part must be int64 too. Say dtype=.",
)
def forgets_the_dtype_of_none(n, fractions, generator):
    parts = _cut(torch.randperm(n, generator=generator), _sizes(n, fractions))
    return [torch.tensor(part.tolist()) for part in parts]


@misconception(
    of="split",
    says="Beginning at a random number keeps their order round the circle: most choices never "
    "come.",
)
def begins_anywhere(n, fractions, generator):
    start = int(torch.randint(max(n, 1), (), generator=generator))
    return _cut(torch.arange(n).roll(start), _sizes(n, fractions))


@misconception(
    of="split",
    says="A generator that is made anew at each call gives the same split each time, whatever was "
    "handed in. Draw from the one that was.",
)
def makes_a_generator(n, fractions, generator):
    own = torch.Generator().manual_seed(0)
    return _cut(torch.randperm(n, generator=own), _sizes(n, fractions))
