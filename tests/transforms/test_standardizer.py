"""Properties and misconceptions of transforms/standardizer."""

import pickle

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

CONSTANTS = (0.1, 0.7, -3.3, 0.0, 1 / 3)


@st.composite
def tables(draw, dtype=None, constant=False, features=None):
    """A table to fit, whose columns vary, and another one to transform.

    With `constant` one column at least is constant, with a value that has no exact mean.
    """
    rows = draw(st.sampled_from((3, 2, 4, 6, 7)))
    features = draw(st.sampled_from((2, 3, 1))) if features is None else features
    dtype = draw(st.dtypes()) if dtype is None else dtype
    train = draw(st.tensors((rows, features), dtype, layouts=["contiguous"])).clone()
    spread = torch.arange(rows, dtype=dtype).unsqueeze(1) * draw(st.sampled_from((7.0, 20.0)))
    train += spread
    if constant:
        train[:, draw(st.integers(0, features - 1))] = draw(st.sampled_from(CONSTANTS))
    layout = draw(st.sampled_from([each for each in st.LAYOUTS if each != "expanded"]))
    other = draw(st.integers(0, 4))
    return {
        "train": st.laid_out(train, layout),
        "test": draw(st.tensors((other, features), dtype)),
    }


@st.composite
def single_rows(draw):
    drawn = draw(tables())
    return {"train": drawn["train"][:1], "test": drawn["test"]}


def standardized(train, test):
    """The same, column by column."""
    columns = []
    for column, values in zip(train.unbind(1), test.unbind(1), strict=True):
        shifted = values - column.mean()
        equal = bool((column == column[0]).all())
        columns.append(shifted if equal else shifted / column.var(correction=0).sqrt())
    return torch.stack(columns, 1)


@st.composite
def narrow_tables(draw):
    """A table with a column whose values differ by very little, and are very small."""
    columns = draw(st.permutations(([1e-8, 3e-8, 2e-8], [5.0, 20.0, 30.0])))
    return {"train": torch.tensor(columns, dtype=draw(st.dtypes())).T.contiguous()}


def to_fit(drawn):
    return {"train": drawn["train"]}


@forall(
    tables().map(to_fit),
    aliasing=True,
    strata={
        "a small deviation": narrow_tables(),
        "standardized before": {"train": st.just(torch.tensor([[-1.0], [1.0]]))},
    },
)
def test_standardizes_the_training_set(impl, train):
    """Each column of the training set gets a mean of 0 and a standard deviation of 1."""
    standardizer = impl.Standardizer()
    standardizer.fit(train)
    result = standardizer.transform(train)
    assert_same(result, standardized(train, train))
    return result


@forall(tables(), aliasing=True)
def test_uses_what_was_fitted(impl, train, test):
    """Another set is standardized by the numbers of the training set."""
    standardizer = impl.Standardizer()
    standardizer.fit(x=train)
    first, second = standardizer.transform(x=test), standardizer.transform(test[:1])
    assert_same([first, second], [standardized(train, test), standardized(train, test[:1])])
    return first, second


@st.composite
def rounded_means(draw):
    """Equal values whose mean is rounded, in either dtype."""
    value = draw(st.sampled_from((0.1, 0.7, -3.3)))
    train = torch.full((7, 1), value, dtype=draw(st.dtypes()))
    return {"train": train, "test": train[:2].clone()}


@forall(tables(constant=True), strata={"a mean that is rounded": rounded_means()})
def test_constant_columns(impl, train, test):
    """A constant column is shifted and not divided, though its mean be rounded."""
    standardizer = impl.Standardizer()
    standardizer.fit(train)
    results = standardizer.transform(train), standardizer.transform(test)
    assert_same(results, (standardized(train, train), standardized(train, test)))
    return results


@forall(single_rows())
def test_a_single_row(impl, train, test):
    """One row is enough to fit: all columns are constant."""
    standardizer = impl.Standardizer()
    standardizer.fit(train)
    results = standardizer.transform(train), standardizer.transform(test)
    assert_same(results, (standardized(train, train), standardized(train, test)))
    return results


@forall(tables(), then=tables(features=2))
def test_fits_again(impl, train, test, then):
    """Fitting again forgets the fit before, and two objects are independent of each other."""
    standardizer, other = impl.Standardizer(), impl.Standardizer()
    standardizer.fit(train)
    other.fit(then["train"])
    first = standardizer.transform(test)
    standardizer.fit(then["train"])
    return first, standardizer.transform(then["test"]), other.transform(then["test"])


@forall(tables(), rows=st.integers(1, 2))
def test_keeps_numbers_of_its_own(impl, train, test, rows):
    """Writing to x afterwards changes nothing, and a pickled and restored object does the same."""
    own, standardizer = train[:rows].clone(), impl.Standardizer()
    standardizer.fit(own)
    own.fill_(100)
    standardizer.transform(test).zero_()
    return standardizer.transform(test), pickle.loads(pickle.dumps(standardizer)).transform(test)


@forall(tables(torch.float64))
def test_gradient_reaches_what_is_transformed(impl, train, test):
    """transform passes the gradient on, and no graph of what was fitted is kept."""
    fitted, leaf = train.detach().requires_grad_(), test.detach().requires_grad_()
    standardizer = impl.Standardizer()
    standardizer.fit(fitted)
    result = standardizer.transform(leaf)
    found = torch.autograd.grad((result * result).sum(), (leaf, fitted), allow_unused=True)
    return result, found, standardizer.transform(test)


@forall(tables())
def test_fit_returns_the_object(impl, train, test):
    """fit returns the object itself."""
    standardizer = impl.Standardizer()
    return standardizer.fit(train) is standardizer


@forall(x=st.tensors(st.just((2, 2))), raises=RuntimeError)
def test_refuses_to_transform_before_fit(impl, x):
    """transform before any fit raises RuntimeError."""
    return impl.Standardizer().transform(x)


@forall(tables(), examples=10)
def test_a_refused_fit_changes_nothing(impl, train, test):
    """Where fit refuses a table without rows, what was kept before stays."""
    standardizer, refused = impl.Standardizer(), False
    standardizer.fit(train)
    try:
        standardizer.fit(train[:0])
    except ValueError:
        refused = True
    return refused, standardizer.transform(test)


@forall(tables(), change=st.sampled_from(("one", "more", "none")), raises=ValueError)
def test_refuses_what_does_not_fit(impl, train, test, change):
    """Another number of features is refused by transform, and a table without rows by fit."""
    standardizer = impl.Standardizer()
    if change == "none":
        return standardizer.fit(train[:0])
    train = torch.cat([train, train], 1)
    standardizer.fit(train)
    return standardizer.transform(train[:, :1] if change == "one" else train.repeat(1, 2))


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    mean = std = None

    def fit(self, x):
        if not len(x):
            raise ValueError("no row")
        self.mean, self.std = self.statistics(x.detach())
        return self

    def statistics(self, x):
        equal = (x == x[0]).all(0)
        return x.mean(0), torch.where(equal, 1, x.std(0, correction=0))

    def transform(self, x):
        if self.mean is None:
            raise RuntimeError("fit first")
        if x.shape[1] != len(self.mean):
            raise ValueError("features")
        return (x - self.mean) / self.std


@misconception(
    of="Standardizer",
    says="transform fits again: each set is measured by itself, and the model sees other numbers "
    "than it was trained with. Use what fit has kept.",
)
class FitsAgainOnTest(_Answer):
    def transform(self, x):
        super().transform(x)
        if len(x):
            self.fit(x)
        return super().transform(x)


@misconception(
    of="Standardizer",
    says="A constant column has a deviation of 0, and 0 / 0 is NaN. Shift it, and don't divide.",
)
class DividesByZero(_Answer):
    def statistics(self, x):
        return x.mean(0), x.std(0, correction=0)


@misconception(
    of="Standardizer",
    says="The mean of equal values may be off by a rounding, and so their deviation is tiny, not "
    "0. Ask the values, not the deviation, whether they are equal.",
)
class ComparesTheDeviationWithZero(_Answer):
    def statistics(self, x):
        std = x.std(0, correction=0)
        return x.mean(0), torch.where(std == 0, 1, std)


@misconception(
    of="Standardizer",
    says="A small number added to the deviation changes every column a little, and a constant one "
    "still is divided by next to nothing.",
)
class AddsEpsilon(_Answer):
    def statistics(self, x):
        return x.mean(0), x.std(0, correction=0) + 1e-4


@misconception(
    of="Standardizer",
    says="std divides by n - 1 unless told otherwise. That of the rows themselves divides by n, "
    "and is 0, not NaN, for a single row.",
)
class DividesByOneLess(_Answer):
    def statistics(self, x):
        equal = (x == x[0]).all(0) & (len(x) > 1)
        return x.mean(0), torch.where(equal, 1, x.std(0))


@misconception(
    of="Standardizer",
    says="One mean for the whole table mixes years with euros. Each column has its own.",
)
class TakesTheWholeTable(_Answer):
    def statistics(self, x):
        std = torch.where((x == x[0]).all(), 1, x.std(correction=0))
        return x.mean().expand(x.shape[1]).clone(), std


@misconception(
    of="Standardizer",
    says="The variance is the square of the deviation. Take the root.",
)
class DividesByTheVariance(_Answer):
    def statistics(self, x):
        mean, std = super().statistics(x)
        return mean, std**2


@misconception(
    of="Standardizer",
    says="The deviation is used, but the mean isn't subtracted.",
)
class OnlyScales(_Answer):
    def statistics(self, x):
        mean, std = super().statistics(x)
        return mean * 0, std


@misconception(
    of="Standardizer",
    says="The numbers are kept in the class, which all objects share: the second fit overwrites "
    "the first.",
)
class SharesTheNumbers(_Answer):
    kept = None

    def fit(self, x):
        super().fit(x)
        type(self).kept = self.mean, self.std
        return self

    def transform(self, x):
        if self.mean is not None:
            self.mean, self.std = self.kept
        return super().transform(x)


@misconception(
    of="Standardizer",
    says="x is changed in place: it is the caller's. Make a new tensor.",
)
class ChangesTheTable(_Answer):
    def transform(self, x):
        super().transform(x)
        return x.sub_(self.mean).div_(self.std)
