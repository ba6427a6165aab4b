"""Properties and misconceptions of data/balanced_sampler."""

import math
from collections import Counter
from functools import cache

import torch
from torch.utils.data import DataLoader, Sampler

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

DRAWS = 2400
EPOCHS = 600
UNLUCKY = 1e-9 / 40
"""How likely a count of a fair sampler is too low, or too high. No check looks at more than 20
counts, so that it is wrong with a probability of less than 1e-9."""


@cache
def bounds(draws, p):
    """The fewest and the most that may come of `draws` fair draws with a chance of `p`.

    By Chernoff's bound, a share of q or beyond is no likelier than exp(-draws · KL(q, p)).
    """

    def is_rare(count):
        q = count / draws
        parts = [(q, p), (1 - q, 1 - p)]
        return draws * sum(a * math.log(a / b) for a, b in parts if a) > -math.log(UNLUCKY)

    usual = [count for count in range(draws + 1) if not is_rare(count)]
    return usual[0], usual[-1]


@st.composite
def unbalanced(draw, min_classes=1):
    """Labels as a list: classes with gaps between them, of different sizes, in any order."""
    numbers = draw(st.permutations((0, 1, 7, -3)))
    counts = draw(st.permutations((1, 2, 9, 4)))
    classes = draw(st.integers(min_classes, 4))
    labels = [n for n, count in zip(numbers, counts, strict=True) for _ in range(count)]
    kept = [label for label in labels if label in numbers[:classes]]
    return draw(st.permutations(kept))


def source(seed):
    return torch.Generator().manual_seed(seed)


def next_of(generator=None):
    return {"what torch.rand gives afterwards": torch.rand(4, generator=generator)}


def check(counts, chances, what):
    for each, chance in chances.items():
        draws = sum(counts.values())
        fewest, most = bounds(draws, chance)
        assert fewest <= counts[each] <= most, (
            f"{what} {each} came {counts[each]} times in {draws} draws: it should be about "
            f"{draws * chance:.0f}."
        )


@forall(labels=unbalanced(), n=st.integers(1, 30), epochs=st.integers(1, 2))
def test_gives_n_numbers_of_samples(impl, labels, n, epochs):
    """An epoch is n ints, each the number of a sample, and len is n."""
    sampler = impl.Balanced(torch.tensor(labels), n)
    numbers = [list(sampler) for _ in range(epochs)]
    return {
        "len": len(sampler),
        "draws in each epoch": [len(each) for each in numbers],
        "kinds": {type(number).__name__ for each in numbers for number in each},
        "in range": all(0 <= number < len(labels) for each in numbers for number in each),
    }


@forall(labels=unbalanced(min_classes=2), seed=st.integers(0, 9), examples=4)
def test_classes_come_alike(impl, labels, seed):
    """Every class that occurs comes equally often, and every sample within it."""
    numbers = list(impl.Balanced(torch.tensor(labels), DRAWS, source(seed)))
    sizes = Counter(labels)
    check(
        Counter(labels[number] for number in numbers),
        {label: 1 / len(sizes) for label in sizes},
        "Class",
    )
    check(
        Counter(numbers),
        {number: 1 / len(sizes) / sizes[label] for number, label in enumerate(labels)},
        "Sample",
    )
    return set(numbers)


@forall(labels=unbalanced(min_classes=2), seed=st.integers(0, 9), examples=10)
def test_draws_from_the_generator(impl, labels, seed):
    """The same seed gives the same epochs, each drawn anew; the global state is left alone."""
    torch.manual_seed(99)
    sampler = impl.Balanced(torch.tensor(labels), 40, source(seed))
    first, *more = (list(sampler) for _ in range(3))
    assert_same(next_of(), next_of(source(99)))
    other = impl.Balanced(torch.tensor(labels), 40, source(seed))
    again = [list(other) for _ in range(3)]
    assert again == [first, *more], "Another generator with the same seed gives other epochs."
    assert any(each != first for each in more), "All epochs are the same."
    return again == [first, *more]


@forall(labels=unbalanced(min_classes=2), seed=st.integers(0, 9), examples=10)
def test_draws_from_the_global_state(impl, labels, seed):
    """Without a generator, each epoch is drawn anew from the global random state."""
    sampler = impl.Balanced(torch.tensor(labels), 40)
    torch.manual_seed(seed)
    first, *more = (list(sampler) for _ in range(3))
    torch.manual_seed(seed)
    again = [list(sampler) for _ in range(3)]
    assert again == [first, *more], "The same global seed gives other epochs."
    assert any(each != first for each in more), "All epochs are the same."
    return again == [first, *more]


@forall(labels=unbalanced(min_classes=2), n=st.integers(1, 3), seed=st.integers(0, 9), examples=2)
def test_each_draw_is_fair(impl, labels, n, seed):
    """Each draw of a short epoch is fair too: none of them is of a certain class."""
    sampler = impl.Balanced(labels=torch.tensor(labels), n=n, generator=source(seed))
    epochs = [list(sampler) for _ in range(EPOCHS)]
    sizes = Counter(labels)
    for draw in range(n):
        counts = Counter(labels[epoch[draw]] for epoch in epochs)
        check(counts, {label: 1 / len(sizes) for label in sizes}, f"In draw {draw}, class")
    return [{labels[epoch[draw]] for epoch in epochs} for draw in range(n)]


@forall(labels=unbalanced(), n=st.integers(1, 9), batch_size=st.integers(1, 4))
def test_feeds_a_loader(impl, labels, n, batch_size):
    """It is a torch Sampler, leaves the labels as they were, and a DataLoader takes its numbers."""
    given = torch.tensor(labels)
    sampler = impl.Balanced(given, n)
    assert isinstance(sampler, Sampler), "Balanced must be a subclass of Sampler."
    loader = DataLoader(range(len(labels)), batch_size=batch_size, sampler=sampler)
    return given, len(loader), [len(batch) for batch in loader]


class _Answer(Sampler):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, labels, n, generator=None):
        _, self.classes, self.counts = labels.unique(return_inverse=True, return_counts=True)
        self.labels, self.n, self.generator = labels, n, generator

    def __len__(self):
        return self.n

    def weights(self):
        return 1 / self.counts[self.classes].double()

    def draw(self):
        return torch.multinomial(
            self.weights(), self.n, replacement=True, generator=self.generator
        ).tolist()

    def __iter__(self):
        return iter(self.draw())


@misconception(
    of="Balanced",
    says="These are labels. A loader asks the dataset for samples by their numbers.",
)
class YieldsLabels(_Answer):
    def __iter__(self):
        return iter(self.labels[self.draw()].tolist())


@misconception(
    of="Balanced",
    says="The weights grow with the size of the class, so that common classes come even more "
    "often. They are to come less often.",
)
class WeighsByTheCount(_Answer):
    def weights(self):
        return self.counts[self.classes].double()


@misconception(
    of="Balanced",
    says="All samples are drawn alike, and so a class comes as often as it has samples.",
)
class DrawsSamplesAlike(_Answer):
    def weights(self):
        return torch.ones(len(self.labels))


@misconception(
    of="Balanced",
    says="There is one weight for each class, and what is drawn is the number of a class. A weight "
    "for each sample is needed.",
)
class WeighsClasses(_Answer):
    def weights(self):
        return 1 / self.counts.double()


@misconception(
    of="Balanced",
    says="Without replacement no sample comes twice. A rare class has too few of them, and where n "
    "is more than there is, nothing can be drawn.",
)
class DrawsWithoutReplacement(_Answer):
    def draw(self):
        weights = self.weights()
        return torch.multinomial(weights, self.n, generator=self.generator).tolist()


@misconception(
    of="Balanced",
    says="Every epoch is the same. Draw in __iter__, and seed nothing there.",
)
class DrawsOnce(_Answer):
    def __init__(self, labels, n, generator=None):
        super().__init__(labels, n, generator)
        self.drawn = super().draw()

    def draw(self):
        return self.drawn


@misconception(of="Balanced", says="len is how many numbers an epoch gives, which is n.")
class CountsTheLabels(_Answer):
    def __len__(self):
        return len(self.labels)


@misconception(of="Balanced", says="The argument generator is never used.")
class IgnoresTheGenerator(_Answer):
    def __init__(self, labels, n, generator=None):
        super().__init__(labels, n)


@misconception(
    of="Balanced",
    says="The numbers are tensors of one element. Many datasets can't be asked with them: give "
    "ints.",
)
class YieldsTensors(_Answer):
    def __iter__(self):
        return iter(torch.tensor(self.draw()))


@misconception(
    of="Balanced",
    says="The classes take turns in one order: a short epoch has only the first of them.",
)
class TakesTurns(_Answer):
    def draw(self):
        numbers = [(self.classes == each).nonzero().flatten() for each in range(len(self.counts))]
        drawn = []
        for turn in range(self.n):
            those = numbers[turn % len(numbers)]
            drawn.append(those[torch.randint(len(those), (), generator=self.generator)].item())
        return drawn


@misconception(
    of="Balanced",
    says="Classes are any whole numbers, with gaps between them. Ask the labels which there are.",
)
class CountsUpToTheLargest(_Answer):
    def draw(self):
        drawn = []
        for _ in range(self.n):
            chosen = torch.randint(int(self.labels.max()) + 1, (), generator=self.generator)
            those = (self.labels == chosen).nonzero().flatten()
            drawn.append(those[torch.randint(len(those), (), generator=self.generator)].item())
        return drawn


@misconception(
    of="Balanced",
    says="Of each class the same sample comes again and again, and the others never. Within a "
    "class all are to be alike.",
)
class DrawsTheFirstOfAClass(_Answer):
    def draw(self):
        firsts = [(self.classes == each).nonzero()[0] for each in range(len(self.counts))]
        chosen = torch.randint(len(firsts), (self.n,), generator=self.generator)
        return torch.cat(firsts)[chosen].tolist()


@misconception(
    of="Balanced",
    says="An epoch is n draws, whatever the sizes of the classes.",
)
class FillsUpTheClasses(_Answer):
    def draw(self):
        numbers = [(self.classes == each).nonzero().flatten() for each in range(len(self.counts))]
        most = int(self.counts.max())
        drawn = [
            those[torch.randint(len(those), (most,), generator=self.generator)] for those in numbers
        ]
        order = torch.randperm(most * len(numbers), generator=self.generator)
        return torch.cat(drawn)[order].tolist()


@misconception(
    of="Balanced",
    says="Balanced must be a subclass of Sampler: class Balanced(Sampler).",
)
class IsNoSampler:
    def __init__(self, labels, n, generator=None):
        self.answer = _Answer(labels, n, generator)

    def __len__(self):
        return len(self.answer)

    def __iter__(self):
        return iter(self.answer)


@misconception(
    of="Balanced",
    says="bincount counts each number up to the largest, 0 for those that are no class, and takes "
    "none below 0. unique tells which classes there are.",
)
class CountsEachNumber(_Answer):
    def weights(self):
        return 1 / torch.bincount(self.labels)
