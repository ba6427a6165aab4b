"""The window shows all losses, each at its number"""


def stream(vis, losses, win="loss"):
    for i, loss in enumerate(losses):
        if vis.line(Y=[loss], X=[i], win="loss", update="append") is False:
            raise ConnectionError
