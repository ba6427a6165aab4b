"""Properties and misconceptions of visualization/visdom_stream."""

import math

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

NUMBERS = st.one_of(st.numbers(), st.just(math.nan))
LOSSES = st.lists(NUMBERS, min_size=1, max_size=5)
WINDOWS = st.sampled_from(("loss", "validation", "run 2: loss"))


class Client:
    """Takes what visdom's own client (0.2.4) takes for lines, and keeps what that would send.

    `messages` holds what goes to the server, `windows` what the server then shows: the points of
    each window's traces. Where it is down, a call returns False.
    """

    def __init__(self, down_after=None):
        self.messages, self.windows = [], {}
        self._left = math.inf if down_after is None else down_after

    def win_exists(self, win, env=None):
        return win in self.windows

    def check_connection(self, timeout_seconds=0):
        return self._left > 0

    def line(self, Y, X=None, win=None, env=None, opts=None, update=None, name=None):
        Y, X = _array(Y), _array(X)
        if update is not None:
            assert X is not None, "must specify x-values for line update"
        assert Y.ndim == 1 or Y.ndim == 2, "Y should have 1 or 2 dim"
        assert Y.shape[-1] > 0, "must plot one line at least"
        if X is not None:
            assert X.ndim == 1 or X.ndim == 2, "X should have 1 or 2 dim"
        else:
            X = np.linspace(0, 1, Y.shape[0])
        if Y.ndim == 2 and X.ndim == 1:
            X = np.tile(X, (Y.shape[1], 1)).transpose()
        assert X.shape == Y.shape, "X and Y should be the same shape"
        if update is not None:
            assert win is not None, "Must define a window to update"
            if update == "append" and not self.win_exists(win):
                update = None
        traces = []
        columns = zip(X.reshape(len(X), -1).T, Y.reshape(len(Y), -1).T, strict=True)
        for number, (xs, ys) in enumerate(columns, 1):
            points = np.column_stack((xs, ys))
            x, y = (
                [None if math.isnan(each) else each for each in row.tolist()] for row in points.T
            )
            traces.append({"name": name or str(number), "x": x, "y": y})
        message = {"endpoint": "update" if update else "events", "win": win, "data": traces}
        if update:
            message.update(name=name, append=update == "append")
        return self._send(message)

    def _send(self, message):
        if self._left <= 0:
            print("Exception in user code: no connection to the server")
            return False
        self._left -= 1
        win = message["win"] or f"window_{len(self.windows)}"
        self.messages.append(message)
        shown, sent = self.windows.get(win, []), message["data"]
        if message["endpoint"] == "events":
            self.windows[win] = [dict(trace) for trace in sent]
        else:
            if message["name"] is not None:
                shown = [trace for trace in shown if trace["name"] == message["name"]]
                if not shown:
                    self.windows.setdefault(win, []).extend(dict(trace) for trace in sent)
            for trace, new in zip(shown, sent, strict=False):
                for axis in "xy":
                    trace[axis] = (trace[axis] if message["append"] else []) + new[axis]
        return win


def _array(value):
    if isinstance(value, list):
        return np.array(value)
    return value.detach().cpu().numpy() if isinstance(value, torch.Tensor) else value


def shown(client):
    """What each window shows: the x and y of its traces."""
    return {
        win: [(trace["x"], trace["y"]) for trace in traces]
        for win, traces in client.windows.items()
    }


def curve(losses, win):
    """What is to be shown."""
    points = [float(number) for number in range(len(losses))]
    return {win: [(points, [None if math.isnan(loss) else loss for loss in losses])]}


@forall(losses=LOSSES, win=WINDOWS, strata={"several": {"losses": st.just([0.9, 0.7, 0.4])}})
def test_shows_the_curve(impl, losses, win):
    """The window shows all losses, each at its number, from 0."""
    client = Client()
    result = impl.stream(client, losses, win)
    assert_same(shown(client), curve(losses, win))
    return result, shown(client)


@forall(losses=st.lists(NUMBERS, min_size=2, max_size=4), win=WINDOWS, examples=10)
def test_sends_each_as_it_comes(impl, losses, win):
    """Each loss is sent before the next one is asked for."""
    client, sent = Client(), []

    def training():
        for loss in losses:
            sent.append(len(client.messages))
            yield loss

    impl.stream(vis=client, losses=training(), win=win)
    assert_same((sent, shown(client)), (list(range(len(losses))), curve(losses, win)))
    return sent, len(client.messages), shown(client)


@forall(win=WINDOWS, examples=3)
def test_sends_nothing_where_there_is_nothing(impl, win):
    """Without losses nothing is sent."""
    client = Client()
    impl.stream(client, [], win)
    return client.messages


@forall(losses=LOSSES, win=WINDOWS, others=LOSSES, examples=8)
def test_leaves_other_windows_alone(impl, losses, win, others):
    """Two streams to one server show two curves."""
    client = Client()
    impl.stream(client, others, "others")
    impl.stream(client, losses, win)
    assert_same(shown(client), {**curve(others, "others"), **curve(losses, win)})
    return shown(client)


@forall(
    losses=st.lists(NUMBERS, min_size=3, max_size=5),
    win=WINDOWS,
    until=st.integers(0, 2),
    examples=8,
)
def test_tells_that_the_server_is_gone(impl, losses, win, until):
    """Where a call returns False, ConnectionError is raised and no more losses are asked for."""
    client, asked, outcome = Client(down_after=until), [], "nothing raised"

    def training():
        for loss in losses:
            asked.append(loss)
            yield loss

    try:
        impl.stream(client, training(), win)
    except ConnectionError:
        outcome = "ConnectionError"
    return outcome, len(asked)


def sent(vis, losses, win, **options):
    for number, loss in enumerate(losses):
        if vis.line(Y=[loss], X=[number], win=win, **options) is False:
            raise ConnectionError


@misconception(
    of="stream",
    says="An append needs X as well: the client doesn't know how far the curve has come.",
)
def appends_without_x(vis, losses, win):
    for loss in losses:
        if vis.line(Y=[loss], win=win, update="append") is False:
            raise ConnectionError


@misconception(
    of="stream",
    says="Without update each call makes the window anew, and with update='replace' it puts new "
    "points in place of the old ones: the last point alone is left.",
)
def makes_the_window_anew(vis, losses, win):
    sent(vis, losses, win)


@misconception(
    of="stream",
    says="update='replace' needs a window that is there. Only an append makes one.",
)
def replaces_what_is_not_there(vis, losses, win):
    seen = []
    for loss in losses:
        seen.append(loss)
        if vis.line(Y=seen, X=list(range(len(seen))), win=win, update="replace") is False:
            raise ConnectionError


@misconception(
    of="stream",
    says="All is sent in the end, in one call: during the run there is nothing to see, and X from "
    "0 to 1 if it isn't given.",
)
def sends_all_at_the_end(vis, losses, win):
    losses = list(losses)
    if losses and vis.line(Y=losses, X=list(range(len(losses))), win=win) is False:
        raise ConnectionError


@misconception(
    of="stream",
    says="The steps are numbered from 0.",
)
def numbers_from_one(vis, losses, win):
    for number, loss in enumerate(losses, 1):
        if vis.line(Y=[loss], X=[number], win=win, update="append") is False:
            raise ConnectionError


@misconception(
    of="stream",
    says="Y is no number but a list, an array or a tensor with a dimension.",
)
def sends_bare_numbers(vis, losses, win):
    for number, loss in enumerate(losses):
        vis.line(Y=loss, X=number, win=win, update="append")


@misconception(
    of="stream",
    says="The window isn't named, so that each call makes another one, or there is none to update.",
)
def names_no_window(vis, losses, win):
    for number, loss in enumerate(losses):
        if vis.line(Y=[loss], X=[number], update="append") is False:
            raise ConnectionError


@misconception(
    of="stream",
    says="torch.tensor of a float is float32: what arrives has lost digits.",
)
def sends_float32(vis, losses, win):
    for number, loss in enumerate(losses):
        y, x = torch.tensor([loss]), torch.tensor([number])
        if vis.line(Y=y, X=x, win=win, update="append") is False:
            raise ConnectionError


@misconception(
    of="stream",
    says="What vis.line returns is not looked at. False says that the server was not reached.",
)
def passes_over_false(vis, losses, win):
    for number, loss in enumerate(losses):
        vis.line(Y=[loss], X=[number], win=win, update="append")


@misconception(
    of="stream",
    says="NaN is left out. Where a loss is NaN the curve must have a gap, at its number.",
)
def leaves_nan_out(vis, losses, win):
    for number, loss in enumerate(losses):
        if loss == loss and vis.line(Y=[loss], X=[number], win=win, update="append") is False:
            raise ConnectionError
