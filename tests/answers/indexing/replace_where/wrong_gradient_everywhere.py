"""The values that were kept get the gradient of the result, the replaced ones 0."""


def replace_where(x, mask, value):
    return (
        x + (x.masked_fill(mask, value) - x).detach()
        if x.requires_grad
        else x.masked_fill(mask, value)
    )
