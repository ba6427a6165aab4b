"""Properties and misconceptions of transforms/normalize."""

import pickle

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

MEANS = st.sampled_from((0.485, -0.1, 1 / 3, 100.0, 0.0))
STDS = st.sampled_from((0.229, 0.1, 3.0, 50.0, 1.0))


@st.composite
def numbers(draw, channels):
    means = [0.4 + draw(MEANS) + place for place in range(channels)]
    stds = [draw(STDS) * (1 + place) for place in range(channels)]
    return {"mean": means, "std": stds}


@st.composite
def pictures(draw, dtype=None, square=False, before=None):
    """Pictures, most of them of two channels or more, and the numbers to normalize them by."""
    channels = draw(st.sampled_from((3, 2, 1, 4)))
    sides = st.sampled_from((2, 3, 1, 4, 0))
    height, width = (channels, channels) if square else (draw(sides), draw(sides))
    before = draw(st.sampled_from(((), (2,), (1,), (2, 3), (0,)))) if before is None else before
    dtype = draw(st.dtypes()) if dtype is None else dtype
    shape = (*before, channels, height, width)
    return {"x": draw(st.tensors(shape, dtype)), **draw(numbers(channels))}


@st.composite
def misfits(draw):
    """Pictures with another number of channels, or with too few dimensions."""
    channels = draw(st.sampled_from((3, 2, 1)))
    shape = draw(
        st.sampled_from(
            (
                (1 if channels > 1 else 2, channels, channels),
                (channels + 1, 2, channels),
                (2, channels + 1, channels, channels),
                (channels, channels),
                (channels,),
                (channels, 1),
                (),
            )
        )
    )
    return {"x": draw(st.tensors(shape)), **draw(numbers(channels))}


def normalized(x, mean, std):
    mean, std = (torch.tensor(each, dtype=x.dtype, device=x.device) for each in (mean, std))
    return ((x.movedim(-3, -1) - mean) / std).movedim(-1, -3)


def restored(x, mean, std):
    mean, std = (torch.tensor(each, dtype=x.dtype, device=x.device) for each in (mean, std))
    return (x.movedim(-3, -1) * std + mean).movedim(-1, -3)


@forall(pictures(), aliasing=True)
def test_normalizes_each_channel(impl, x, mean, std):
    """Each channel is shifted by its mean and divided by its std, whatever stands before it."""
    result = impl.Normalize(mean, std)(x)
    assert_same(result, normalized(x, mean, std))
    return result


@forall(pictures(square=True))
def test_width_like_channels(impl, x, mean, std):
    """It is the channels that count, also where height and width are as long."""
    normalize = impl.Normalize(mean=mean, std=std)
    result, back = normalize(x), normalize.inverse(x)
    assert_same([result, back], [normalized(x, mean, std), restored(x, mean, std)])
    return result, back


@forall(pictures(), aliasing=True)
def test_inverse_undoes_it(impl, x, mean, std):
    """inverse multiplies by std and adds the mean."""
    normalize = impl.Normalize(mean, std)
    result = normalize.inverse(x)
    assert_same(result, restored(x, mean, std))
    return result


@forall(pictures(torch.float64))
def test_there_and_back(impl, x, mean, std):
    """What is normalized and brought back is what it was, with all digits of float64."""
    normalize = impl.Normalize(mean, std)
    back = normalize.inverse(normalize(x))
    assert_same(back, restored(normalized(x, mean, std), mean, std))
    return back, normalize(normalize.inverse(x))


@forall(pictures(torch.float64), pickled=st.booleans())
def test_serves_any_picture(impl, x, mean, std, pickled):
    """One object does for pictures of several dtypes, sizes and devices, pickled or not."""
    normalize = impl.Normalize(mean, std)
    if pickled:
        normalize = pickle.loads(pickle.dumps(normalize))
    pictures = [x.float(), x, x.cpu(), x[..., :1], x.unsqueeze(0).float()]
    results = [normalize(each) for each in pictures]
    backs = [normalize.inverse(each) for each in pictures]
    assert_same(results, [normalized(each, mean, std) for each in pictures])
    return results, backs


@forall(pictures(), way=st.sampled_from(("changed", "cleared")))
def test_keeps_its_numbers(impl, x, mean, std, way):
    """The lists may be changed afterwards, and it leaves them alone."""
    means, stds = list(mean), list(std)
    normalize = impl.Normalize(means, stds)
    normalize(x)
    kept = list(means), list(stds)
    if way == "cleared":
        means.clear()
        stds.clear()
    else:
        means[0], stds[-1] = 1e3, 1e3
    return kept, normalize(x), normalize.inverse(x)


@forall(pictures(torch.float64, before=()), back=st.booleans())
def test_gradient_reaches_x(impl, x, mean, std, back):
    """The gradient goes through, both ways."""
    normalize, leaf = impl.Normalize(mean, std), x.detach().requires_grad_()
    result = normalize.inverse(leaf) if back else normalize(leaf)
    weights = torch.arange(result.numel(), dtype=x.dtype, device=x.device).view(x.shape) / 3
    return result, torch.autograd.grad(result, leaf, weights)


@forall(misfits(), back=st.booleans(), raises=ValueError)
def test_refuses_other_channels(impl, x, mean, std, back):
    """Another number of channels, or fewer than 3 dimensions, is refused with a ValueError."""
    normalize = impl.Normalize(mean, std)
    return normalize.inverse(x) if back else normalize(x)


@forall(
    pair=st.sampled_from(
        (
            ([0.5], [1.0, 2.0]),
            ([0.5, 0.5], [1.0]),
            ([0.5, 0.5], [1.0, 0.0]),
            ([0.5], [-1.0]),
            ([0.0, 1.0, 2.0], [0.0, 1.0, 1.0]),
        )
    ),
    raises=ValueError,
)
def test_refuses_numbers_that_will_not_do(impl, pair):
    """Lists of different lengths, and a std of 0 or less, are refused when the object is made."""
    return impl.Normalize(*pair)


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, mean, std):
        if len(mean) != len(std) or min(std) <= 0:
            raise ValueError("mean and std")
        self.mean, self.std = list(mean), list(std)

    def shaped(self, x):
        if x.dim() < 3 or x.shape[-3] != len(self.mean):
            raise ValueError("channels")
        return [x.new_tensor(each).view(-1, 1, 1) for each in (self.mean, self.std)]

    def __call__(self, x):
        mean, std = self.shaped(x)
        return (x - mean) / std

    def inverse(self, x):
        mean, std = self.shaped(x)
        return x * std + mean


@misconception(
    of="Normalize",
    says="A tensor of shape (channels,) meets the last dimension, the width. Give it dimensions of "
    "length 1 for height and width.",
)
class BroadcastsOverTheWidth(_Answer):
    def shaped(self, x):
        return [each.view(-1) for each in super().shaped(x)]


@misconception(
    of="Normalize",
    says="Your numbers have four dimensions, so the result has four as well, whatever x has.",
)
class MakesABatch(_Answer):
    def shaped(self, x):
        return [each.unsqueeze(0) for each in super().shaped(x)]


@misconception(
    of="Normalize",
    says="The picture is changed in place: it is the caller's. Make a new tensor.",
)
class ChangesThePicture(_Answer):
    def __call__(self, x):
        mean, std = self.shaped(x)
        return x.sub_(mean).div_(std)


@misconception(
    of="Normalize",
    says="The inverse undoes the last step first. Yours adds the mean before it multiplies.",
)
class UndoesInTheSameOrder(_Answer):
    def inverse(self, x):
        mean, std = self.shaped(x)
        return (x + mean) * std


@misconception(
    of="Normalize",
    says="The inverse normalizes a second time.",
)
class NormalizesTwice(_Answer):
    def inverse(self, x):
        return self(x)


@misconception(
    of="Normalize",
    says="The standard deviation is the divisor. Yours is its square, the variance.",
)
class DividesByTheVariance(_Answer):
    def __call__(self, x):
        mean, std = self.shaped(x)
        return (x - mean) / std**2


@misconception(
    of="Normalize",
    says="torch.tensor of floats is float32: the numbers have lost digits before they meet a "
    "float64 picture. Give them the dtype of x.",
)
class RoundsTheNumbers(_Answer):
    def shaped(self, x):
        return [each.float().to(x.dtype) for each in super().shaped(x)]


@misconception(
    of="Normalize",
    says="The lists are the caller's, and change when the caller changes them. Keep numbers of "
    "your own.",
)
class KeepsTheLists(_Answer):
    def __init__(self, mean, std):
        super().__init__(mean, std)
        self.mean, self.std = mean, std


@misconception(
    of="Normalize",
    says="The numbers have the dtype and device of the first picture that came, and meet others "
    "later. Make them fit at each call.",
)
class FitsTheFirstPicture(_Answer):
    fitted = None

    def shaped(self, x):
        fitting = super().shaped(x)
        self.fitted = self.fitted or fitting
        return self.fitted


@misconception(
    of="Normalize",
    says="One channel broadcasts against several numbers, and gives a picture of more channels. "
    "Compare the number of channels, and raise.",
)
class TakesAnyChannels(_Answer):
    def shaped(self, x):
        return [x.new_tensor(each).view(-1, 1, 1) for each in (self.mean, self.std)]
