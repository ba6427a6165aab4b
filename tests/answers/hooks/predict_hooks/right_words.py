"""Words after each other, split; exceptions apart."""

WORDS = {
    "call": "f",
    "twice": "f f",
    "deepcopy": "f",
    "always_call": "f",
    "removed_meanwhile": "second",
    "two": "a b",
    "prepend": "b a",
    "pre": "pre f",
    "of_all": "all own",
    "nested": "m s",
    "nested_pre": "s m",
    "replaced": "10.0",
    "keyword": "1",
    "only_keyword": "0",
    "backward": "b",
    "backward_pre": "pre b",
    "chain": "n m",
    "constant_input": "b",
    "tensors": "a b",
    "two_uses": "y",
    "grad": "x",
    "accumulated": "x post",
}
REFUSED = """
in_place
relu_in_place
old_and_full
result_accumulated
no_grad
other_shape
other_dtype
""".split()


def heard(case):
    if case in REFUSED:
        return RuntimeError.__name__
    return WORDS.get(case, "").split()
