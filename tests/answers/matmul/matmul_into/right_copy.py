"""The product made elsewhere, compared and copied."""


def matmul_into(out, a, b):
    product = a @ b
    if product.shape != out.shape:
        raise ValueError(f"{tuple(product.shape)} does not go into {tuple(out.shape)}")
    return out.copy_(product)
