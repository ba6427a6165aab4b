"""a dtype expected, a str returned"""


def creation(case):
    return "torch.float32", (3,)
