"""The window shows all losses, each at its number"""


def stream(vis, losses, win):
    seen = []
    for loss in losses:
        seen.append(loss)
        if vis.line(Y=seen, X=list(range(len(seen))), win=win, update="append") is False:
            raise ConnectionError
