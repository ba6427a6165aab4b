"""RuntimeError"""


def stream(vis, losses, win):
    for i, loss in enumerate(losses):
        if not vis.line(Y=[loss], X=[i], win=win, update="append"):
            raise RuntimeError("visdom is down")
