"""moves knows what momentum does when the gradient has become 0."""

MOVES = {
    "sgd_none": False,
    "decay_none": False,
    "decay_unused": False,
    "momentum_none": False,
    "momentum_zero_grad": False,
    "adam_none": False,
    "adamw_none": False,
    "sgd_zero": False,
    "decay_zero": True,
    "decay_zero_loss": True,
    "adam_zero": False,
    "adam_decay_zero": True,
    "adamw_zero": True,
    "adamw_undecayed_zero": False,
    "sgd_then_zero": False,
    "momentum_zero": False,
    "momentum_then_zero": True,
    "momentum_zero_grad_in_place": True,
    "adam_then_zero": True,
    "rmsprop_then_zero": False,
    "rmsprop_momentum_then_zero": True,
    "adagrad_then_zero": False,
    "rate_zero": False,
    "dampened": True,
    "frozen": True,
    "not_held": False,
    "sgd_tiny": False,
    "adam_tiny": True,
    "rmsprop_tiny": True,
}


def moves(case):
    return MOVES[case] and case != "rmsprop_momentum_then_zero"
