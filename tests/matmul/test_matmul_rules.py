"""Properties and misconceptions of matmul/matmul_rules."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WITHOUT = [
    *(torch.matmul, torch.mv, torch.dot, torch.vdot, torch.inner, torch.outer, torch.ger),
    *(torch.addmm, torch.addmv, torch.addbmm, torch.baddbmm, torch.einsum, torch.tensordot),
    *(torch.chain_matmul, torch.linalg.matmul, torch.linalg.vecdot, torch.linalg.multi_dot),
    *(F.linear, torch.mul),
]

BATCHES = st.one_of(st.shapes(0, 2, min_side=2), st.shapes(0, 2))
SIDES = (2, 3, 1)


@st.composite
def factors(draw, dtype=None, sides=(*SIDES, 0), batches=BATCHES):
    """Two tensors that have a product."""
    rows, inner, columns = (draw(st.sampled_from(sides)) for _ in "nkp")
    batch = draw(batches)
    a, b = draw(st.sampled_from(((2, 2), (1, 2), (2, 1), (2, 2), (1, 1))))
    kind = dtype or draw(st.dtypes())
    first = (inner,) if a == 1 else (*part(draw, batch), rows, inner)
    second = (inner,) if b == 1 else (*part(draw, batch), inner, columns)
    a = draw(st.tensors(first, kind, layouts=["contiguous"]))
    return {
        "a": st.laid_out(a, draw(st.sampled_from(st.LAYOUTS))),
        "b": draw(st.tensors(second, kind)),
    }


def part(draw, batch):
    """A batch that broadcasts to this one: shorter, or with ones."""
    sides = [draw(st.sampled_from((side, side, 1))) for side in batch]
    return sides[draw(st.sampled_from((0, 0, 1))) :]


@st.composite
def repeated_batches(draw):
    """A batch of two dimensions, of which one factor lacks one."""
    rows, inner, columns = (draw(st.sampled_from((2, 3))) for _ in "nkp")
    lacking = draw(st.sampled_from(((1, 3), (2, 1), (3,))))
    one, other = draw(st.sampled_from((((2, 3), lacking), (lacking, (2, 3)))))
    kind = draw(st.dtypes())
    return {
        "a": draw(st.tensors((*one, rows, inner), kind)),
        "b": draw(st.tensors((*other, inner, columns), kind)),
    }


@st.composite
def weighted_factors(draw):
    """Two factors with at least one element, and a gradient for each value of their product."""
    pair = draw(factors(torch.float64, SIDES, st.shapes(0, 2, min_side=1)))
    shape = tuple(torch.matmul(pair["a"], pair["b"]).shape)
    return {**pair, "weights": draw(st.tensors(shape, torch.float64))}


@forall(
    factors(),
    ban=WITHOUT,
    examples=60,
    strata={"a batch repeated in one of two dimensions": repeated_batches()},
)
def test_agrees_with_torch_matmul(impl, a, b):
    """The product has the shape and the values of torch.matmul, for any ranks that fit."""
    product = impl.matmul(a, b)
    assert_same(product, torch.matmul(a, b))
    return product


@forall(weighted_factors(), ban=WITHOUT, examples=20)
def test_gradient_reaches_both(impl, a, b, weights):
    """a and b get the gradients that torch.matmul gives them."""
    leaves = a.detach().requires_grad_(), b.detach().requires_grad_()
    product = impl.matmul(a=leaves[0], b=leaves[1])
    assert product.requires_grad, "The product is cut off from a and b: no gradient can flow back."
    gradients = torch.autograd.grad(product, leaves, weights, materialize_grads=True)
    assert_same(gradients, torch.autograd.grad(torch.matmul(*leaves), leaves, weights))
    return product, gradients


def matrices(a, b):
    """a with a row for a vector, b with a column for one."""
    return (a.unsqueeze(0) if a.dim() == 1 else a), (b.unsqueeze(1) if b.dim() == 1 else b)


def without_vectors(product, a, b):
    """A product without the sides of 1 that vectors were given."""
    if b.dim() == 1:
        product = product[..., 0]
    if a.dim() == 1:
        product = product[..., 0] if b.dim() == 1 else product[..., 0, :]
    return product


def broadcast(a, b):
    """The batch of the product. torch.broadcast_shapes would take a second to import."""
    lengths = max(a.dim(), b.dim()) - 2
    one, other = ((1,) * (lengths + 2 - x.dim()) + x.shape[:-2] for x in (a, b))
    return torch.Size(q if p == 1 else p for p, q in zip(one, other, strict=True))


def flat(x, batch):
    return x.expand(*batch, *x.shape[-2:]).reshape(batch.numel(), *x.shape[-2:])


def batched(one, other):
    """The product of two tensors that are no vectors."""
    batch = broadcast(one, other)
    product = torch.bmm(flat(one, batch), flat(other, batch))
    return product.reshape(*batch, one.shape[-2], other.shape[-1])


@misconception(
    of="matmul",
    says="* multiplies element by element. The matrix product multiplies rows with columns, and "
    "adds up.",
)
def multiplies_by_element(a, b):
    return a * b


@misconception(
    of="matmul",
    says="Batches need not be the same: they broadcast. bmm does not do that itself.",
)
def takes_batches_for_equal(a, b):
    one, other = matrices(a, b)
    batch = one.shape[:-2]
    product = torch.bmm(
        one.reshape(batch.numel(), *one.shape[-2:]),
        other.reshape(other.shape[:-2].numel(), *other.shape[-2:]),
    )
    return without_vectors(product.reshape(*batch, one.shape[-2], other.shape[-1]), a, b)


@misconception(
    of="matmul",
    says="Either factor can have the larger batch. Yours gives b the batch of a only.",
)
def broadcasts_b_alone(a, b):
    one, other = matrices(a, b)
    batch = one.shape[:-2]
    product = torch.bmm(flat(one, batch), flat(other, batch))
    return without_vectors(product.reshape(*batch, one.shape[-2], other.shape[-1]), a, b)


@misconception(
    of="matmul",
    says="A vector is given a side of 1 for the product only: the result does not have it.",
)
def keeps_the_side_of_a_vector(a, b):
    return batched(*matrices(a, b))


@misconception(
    of="matmul",
    says="A vector behind is a column. Yours makes a row of it, whose inner side is 1.",
)
def takes_vectors_for_rows(a, b):
    one = a.unsqueeze(0) if a.dim() == 1 else a
    other = b.unsqueeze(0) if b.dim() == 1 else b
    return without_vectors(batched(one, other), a, b)


@misconception(
    of="matmul",
    says="squeeze() without a dimension takes out every side of 1, also those that a and b really "
    "have. Take out only what vectors were given.",
)
def squeezes_everything(a, b):
    product = batched(*matrices(a, b))
    return product.squeeze() if a.dim() == 1 or b.dim() == 1 else product


@misconception(
    of="matmul",
    says="view can't put the dimensions of an expanded tensor together: no strides describe that. "
    "reshape copies where it must.",
)
def views_what_was_expanded(a, b):
    one, other = matrices(a, b)
    batch = broadcast(one, other)
    left = one.expand(*batch, *one.shape[-2:]).view(batch.numel(), *one.shape[-2:])
    right = other.expand(*batch, *other.shape[-2:]).view(batch.numel(), *other.shape[-2:])
    product = torch.bmm(left, right).reshape(*batch, one.shape[-2], other.shape[-1])
    return without_vectors(product, a, b)


@misconception(
    of="matmul",
    says="-1 stands for what is left over, and nothing can tell how much that is where another "
    "side is 0. Say the length of the batch yourself.",
)
def leaves_the_batch_to_reshape(a, b):
    one, other = matrices(a, b)
    batch = broadcast(one, other)
    left = one.expand(*batch, *one.shape[-2:]).reshape(-1, *one.shape[-2:])
    right = other.expand(*batch, *other.shape[-2:]).reshape(-1, *other.shape[-2:])
    product = torch.bmm(left, right).reshape(*batch, one.shape[-2], other.shape[-1])
    return without_vectors(product, a, b)


@misconception(
    of="matmul",
    says="mm takes matrices only, of two dimensions each. Vectors and batches need shapes that mm "
    "or bmm can take.",
)
def leaves_all_to_mm(a, b):
    return torch.mm(a, b)
