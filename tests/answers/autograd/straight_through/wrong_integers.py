"""wrong dtype"""


def round_st(x):
    return x.round().long()


def td_loss(q, r, q_next, gamma):
    return ((q - (r + gamma * q_next).detach()) ** 2).mean()
