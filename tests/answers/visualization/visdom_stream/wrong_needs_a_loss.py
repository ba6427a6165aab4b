"""Without losses nothing is sent."""


def stream(vis, losses, win):
    losses = iter(losses)
    if vis.line(Y=[next(losses)], X=[0], win=win) is False:
        raise ConnectionError
    for i, loss in enumerate(losses, 1):
        if vis.line(Y=[loss], X=[i], win=win, update="append") is False:
            raise ConnectionError
