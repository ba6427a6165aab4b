"""the value differs"""


def round_st(x):
    return x + (x.round() - x).detach()


def td_loss(q, r, q_next, gamma):
    return 0.5 * ((q - (r + gamma * q_next).detach()) ** 2).mean()
