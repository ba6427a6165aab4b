"""The window shows all losses, each at its number"""


def stream(vis, losses, win):
    for i, loss in enumerate(losses):
        if vis.line(Y=[loss], X=[i], win=win, update="append", name=f"step {i}") is False:
            raise ConnectionError
