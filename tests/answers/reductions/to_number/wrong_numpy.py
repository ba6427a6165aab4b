"""can't convert"""


def to_number(x):
    if x.numel() != 1:
        raise ValueError("not one element")
    return x.detach().numpy().item()
