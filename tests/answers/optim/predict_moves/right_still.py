"""Those that stand still; the rest moves."""

STILL = frozenset(
    """
    sgd_none
    decay_none
    decay_unused
    momentum_none
    momentum_zero_grad
    adam_none
    adamw_none
    sgd_zero
    adam_zero
    adamw_undecayed_zero
    sgd_then_zero
    momentum_zero
    rmsprop_then_zero
    adagrad_then_zero
    rate_zero
    not_held
    sgd_tiny
    """.split()
)


def moves(case):
    return case not in STILL
