"""Properties and misconceptions of visualization/tsne."""

import math

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

ROUNDING = (1e-4, 1e-6)  # for float32: there are several right ways
SIGMAS = st.sampled_from((1.0, 2.5, 0.7))


@st.composite
def points(draw, dtype=None, dims=(2, 3, 1, 5), values="digits"):
    n, d = draw(st.integers(2, 5)), draw(st.sampled_from(dims))
    return draw(st.tensors((n, d), st.dtypes() if dtype is None else dtype, values=values))


@st.composite
def tables(draw, dtype=None, zeros=False):
    """A table P, and points in the plane."""
    n, k = draw(st.integers(3, 5)), draw(st.sampled_from((2, 1, 3)))
    dtype = draw(st.dtypes()) if dtype is None else dtype
    weights = draw(st.tensors((n, n), torch.float64, layouts=["contiguous"])).abs() + 0.1
    weights = weights + weights.T
    if zeros:
        weights[0, 1:-1] = weights[1:-1, 0] = 0
    weights.fill_diagonal_(0)
    return {
        "p": (weights / weights.sum()).to(dtype),
        "y": draw(st.tensors((n, k), dtype)),
    }


def table_of(x, sigma):
    """P, pair by pair."""
    rows, n = x.double().tolist(), len(x)
    chances = []
    for i, own in enumerate(rows):
        scores = [
            -torch.inf if i == j else -(math.dist(own, other) ** 2) / (2 * sigma**2)
            for j, other in enumerate(rows)
        ]
        best = max(scores)
        weights = [math.exp(score - best) for score in scores]
        chances.append([weight / sum(weights) for weight in weights])
    table = [[(chances[i][j] + chances[j][i]) / (2 * n) for j in range(n)] for i in range(n)]
    return torch.tensor(table, dtype=x.dtype, device=x.device)


def divergence(p, y):
    """The loss, pair by pair, and its gradient in closed form."""
    n, rows, chances = len(y), y.tolist(), p.tolist()
    near = [[1 / (1 + math.dist(one, other) ** 2) for other in rows] for one in rows]
    total = sum(near[i][j] for i in range(n) for j in range(n) if i != j)
    loss, gradient = 0.0, [[0.0] * y.shape[1] for _ in rows]
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            q = near[i][j] / total
            if chances[i][j]:
                loss += chances[i][j] * math.log(chances[i][j] / q)
            for k, (here, there) in enumerate(zip(rows[i], rows[j], strict=True)):
                gradient[i][k] += 4 * (chances[i][j] - q) * (here - there) * near[i][j]
    like = {"dtype": y.dtype, "device": y.device}
    return torch.tensor(loss, **like), torch.tensor(gradient, **like)


def with_gradient(loss_fn, p, y):
    leaf = y.detach().clone().requires_grad_()
    loss = loss_fn(p, leaf)
    return loss.detach(), torch.autograd.grad(loss, leaf)[0]


@forall(x=points(), sigma=SIGMAS, tolerance=ROUNDING, examples=16)
def test_chances_of_neighbours(impl, x, sigma):
    """P holds how likely two points are neighbours, and nobody is a neighbour of itself."""
    p = impl.affinities(x, sigma)
    assert_same(p, table_of(x, sigma), ROUNDING)
    return p


@forall(x=points(torch.float64), sigma=SIGMAS, examples=10)
def test_keeps_all_digits(impl, x, sigma):
    """With float64 points P is exact to float64; it is symmetric and sums to 1."""
    p = impl.affinities(x=x, sigma=sigma)
    assert_same(p, table_of(x, sigma))
    return p, p - p.T, p.sum()


@forall(
    x=points(torch.float64, dims=(2, 1)),
    far=st.sampled_from((100.0, 3000.0, 1e6)),
    tolerance=ROUNDING,
    examples=8,
)
def test_a_point_far_away(impl, x, far):
    """A point that is far from all others still chooses a neighbour: its row is not 0 / 0."""
    apart = x.clone()
    apart[0] += far
    p = impl.affinities(apart, 0.5)
    assert_same(p, table_of(apart, 0.5), ROUNDING)
    return p


MANY = st.tensors((26, 2), values="steps", layouts=["contiguous"])


@forall(
    x=points(torch.float32, values="steps"),
    sigma=SIGMAS,
    tolerance=ROUNDING,
    strata={"more points than cdist subtracts one by one": {"x": MANY}},
    examples=8,
)
def test_shifted_points(impl, x, sigma):
    """Where all points are shifted by the same large amount, P is the same."""
    p = impl.affinities(x + 4096, sigma)
    assert_same(p, table_of(x, sigma), ROUNDING)
    return p


@forall(tables(), examples=16)
def test_divergence(impl, p, y):
    """The loss is the divergence of Q from P, over all pairs of two points."""
    loss = impl.tsne_loss(p, y)
    assert_same(loss, divergence(p, y)[0])
    return loss


@forall(tables(), examples=12)
def test_gradient(impl, p, y):
    """The gradient is 4 Σ (p - q) (yi - yj) / (1 + |yi - yj|²)."""
    leaf = y.detach().clone().requires_grad_()
    loss = impl.tsne_loss(p=p, y=leaf)
    gradient = torch.autograd.grad(loss, leaf)[0]
    assert_same(gradient, divergence(p, y)[1])
    return loss, gradient


@forall(tables(torch.float64), examples=3)
def test_gradient_agrees_with_the_loss(impl, p, y):
    """The gradient is that of the loss itself: small steps change it as the gradient says."""
    leaf = y.detach().clone().requires_grad_()
    return torch.autograd.gradcheck(lambda each: impl.tsne_loss(p, each), leaf)


@forall(tables(zeros=True), equal=st.sampled_from(("two", "all", "none")), examples=10)
def test_equal_points_and_zeros(impl, p, y, equal):
    """Where points of y lie on each other, and chances are 0, loss and gradient are finite."""
    own = y.clone()
    if equal != "none":
        own[: 2 if equal == "two" else None] = own[0].clone()
    found = with_gradient(impl.tsne_loss, p, own)
    assert_same(found, divergence(p, own))
    return found


@forall(start=st.permutations(range(8)), tolerance=(1e-3, 1e-3), examples=2)
def test_neighbours_stay_neighbours(impl, start, device):
    """In two groups of points, each one's nearest point in the plane is of its own group."""
    corner = torch.tensor([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], device=device)
    p = impl.affinities(torch.cat([corner, corner + 5]), 1.0)
    angle = torch.tensor(start, dtype=torch.float32, device=device) * (2 * math.pi / 8)
    y = 0.1 * torch.stack([angle.cos(), angle.sin()], 1)
    for _ in range(60):
        y = y - 4 * with_gradient(impl.tsne_loss, p, y)[1]
    distances = torch.cdist(y, y).fill_diagonal_(torch.inf)
    return (distances.argmin(1) < 4).tolist()


def _squares(points):
    return (points.unsqueeze(1) - points.unsqueeze(0)).square().sum(-1)


def _eye(points):
    return torch.eye(len(points), dtype=torch.bool, device=points.device)


def _chances(x, sigma):
    return (-_squares(x) / (2 * sigma**2)).masked_fill(_eye(x), -torch.inf).softmax(1)


def _table(chances):
    return (chances + chances.T) / (2 * len(chances))


def _loss(p, y, near):
    q = (near / near.sum())[~_eye(y)]
    p = p[~_eye(y)]
    return (torch.xlogy(p, p) - p * q.log()).sum()


def _near(y):
    return (1 / (1 + _squares(y))).masked_fill(_eye(y), 0)


@misconception(
    of="affinities",
    says="The diagonal is kept: each point is its own nearest neighbour, and what is left for the "
    "others is too small. Leave it out before you divide.",
)
def keeps_the_diagonal(x, sigma):
    return _table((-_squares(x) / (2 * sigma**2)).softmax(1))


@misconception(
    of="affinities",
    says="The diagonal is set to 0 when the rows were divided already: they no longer sum to 1.",
)
def clears_the_diagonal_too_late(x, sigma):
    chances = (-_squares(x) / (2 * sigma**2)).softmax(1)
    return _table(chances.masked_fill(_eye(x), 0))


@misconception(
    of="affinities",
    says="The chances of a row sum to 1, but those of i for j and of j for i differ. P is the mean "
    "of both, divided by n.",
)
def forgets_to_symmetrize(x, sigma):
    return _chances(x, sigma) / len(x)


@misconception(
    of="affinities",
    says="The table sums to n. Its n rows have a sum of 1 each: divide by n as well.",
)
def forgets_the_number_of_points(x, sigma):
    chances = _chances(x, sigma)
    return (chances + chances.T) / 2


@misconception(
    of="affinities",
    says="The distance is squared in the exponent, and here it isn't.",
)
def takes_the_distance(x, sigma):
    scores = -torch.cdist(x, x) / (2 * sigma**2)
    return _table(scores.masked_fill(_eye(x), -torch.inf).softmax(1))


@misconception(
    of="affinities",
    says="The bell's width is squared: the exponent is divided by 2 sigma², not by 2 sigma.",
)
def forgets_to_square_sigma(x, sigma):
    scores = -_squares(x) / (2 * sigma)
    return _table(scores.masked_fill(_eye(x), -torch.inf).softmax(1))


@misconception(
    of="affinities",
    says="exp comes first and the division by the sum later. For a point that is far from all "
    "others each exp is 0, and 0 / 0 is NaN; softmax shifts the scores before.",
)
def divides_zero_by_zero(x, sigma):
    weights = (-_squares(x) / (2 * sigma**2)).exp().masked_fill(_eye(x), 0)
    return _table(weights / weights.sum(1, keepdim=True))


@misconception(
    of="affinities",
    says="|xi|² + |xj|² - 2 xi·xj is a small difference of large numbers where the points are far "
    "from 0: its digits are lost. Subtract first, then square.",
)
def expands_the_square(x, sigma):
    norms = x.square().sum(1)
    squares = norms.unsqueeze(1) + norms - 2 * x @ x.T
    return _table((-squares / (2 * sigma**2)).masked_fill(_eye(x), -torch.inf).softmax(1))


@misconception(
    of="tsne_loss",
    says="The diagonal of Q is kept in its sum: 1 / (1 + 0) for each point. No point is its own "
    "neighbour.",
)
def counts_the_diagonal(p, y):
    return _loss(p, y, 1 / (1 + _squares(y)))


@misconception(
    of="tsne_loss",
    says="Q has the bell of P. In the plane the tail is longer: 1 / (1 + d²).",
)
def takes_the_bell(p, y):
    return _loss(p, y, (-_squares(y)).exp().masked_fill(_eye(y), 0))


@misconception(
    of="tsne_loss",
    says="The divergence is taken the other way round, of P from Q. p stands before the logarithm.",
)
def swaps_the_tables(p, y):
    q, off = _near(y) / _near(y).sum(), ~_eye(y)
    return (q[off] * (q[off] / p[off]).log()).sum()


@misconception(
    of="tsne_loss",
    says="Each row of Q is divided by its own sum. Q is divided by the sum of the whole table.",
)
def divides_each_row(p, y):
    near = _near(y)
    q, off = near / near.sum(1, keepdim=True), ~_eye(y)
    return (torch.xlogy(p[off], p[off]) - p[off] * q[off].log()).sum()


@misconception(
    of="tsne_loss",
    says="On the diagonal p and q are 0, and 0 times the logarithm of 0 is NaN. Leave it out.",
)
def takes_the_log_of_the_diagonal(p, y):
    q = _near(y) / _near(y).sum()
    return (p * (p / q).log()).sum()


@misconception(
    of="tsne_loss",
    says="Off the diagonal too p may be 0, where p · log p is 0, and not 0 times minus infinity.",
)
def takes_the_log_of_zero(p, y):
    off = ~_eye(y)
    q = (_near(y) / _near(y).sum())[off]
    return (p[off] * (p[off].log() - q.log())).sum()


@misconception(
    of="tsne_loss",
    says="The loss is right, but its gradient is NaN: something without a finite derivative is in "
    "the graph, such as a root of 0, or a logarithm of 0 that is masked when it is there already.",
)
def leaves_infinities_in_the_graph(p, y):
    roots = _squares(y).sqrt()
    return _loss(p, y, (1 / (1 + roots**2)).masked_fill(_eye(y), 0))


@misconception(
    of="tsne_loss",
    says="A mean over the pairs is not the divergence, which is their sum.",
)
def takes_the_mean(p, y):
    return _loss(p, y, _near(y)) / (len(y) * (len(y) - 1))
