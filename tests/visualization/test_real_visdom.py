"""What the kata on visdom is judged with behaves as visdom's own client and server do."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.visualization.test_visdom_stream import Client

pytest.importorskip("visdom", reason="visdom is not installed; .ci/run says how it is")

ROOT = Path(__file__).parents[2]

CALLS = {
    "a point": [{"Y": [0.5], "X": [0]}],
    "appended": [{"Y": [0.5], "X": [0], "update": "append"}] * 2,
    "begun anew": [{"Y": [0.5], "X": [0]}, {"Y": [0.25], "X": [1]}],
    "replaced": [{"Y": [0.5, 1.5], "X": [0, 1]}, {"Y": [2.5], "X": [7], "update": "replace"}],
    "many points": [{"Y": [0.5, 1.5], "X": [2, 3]}],
    "no X": [{"Y": [0.5, 1.5, 2.5]}],
    "NaN": [{"Y": [float("nan"), 0.1], "X": [0, 1]}],
    "arrays": [{"Y": np.array([0.1]), "X": np.array([3])}],
    "columns": [{"Y": [[0.5, 1.5]], "X": [[0, 0]]}],
    "a column": [{"Y": [[0.5]], "X": [0], "update": "append"}],
    "float32": [{"Y": torch.tensor([0.1]), "X": torch.tensor([0])}],
    "named": [{"Y": [n / 4], "X": [n], "update": "append", "name": "a"} for n in range(3)],
    "two names": [{"Y": [0.5], "X": [0], "update": "append", "name": name} for name in "aba"],
    "other options": [{"Y": [0.5], "X": [0], "opts": {"title": "loss"}}],
}
REFUSED = {
    "an append without X": {"Y": [0.5], "update": "append"},
    "a number": {"Y": 0.5, "X": 0},
    "no point": {"Y": [], "X": []},
    "more X than Y": {"Y": [0.5], "X": [0, 1]},
    "an append to no window": {"Y": [0.5], "X": [0], "update": "append", "win": None},
}

SERVER = """
import socket, sys
from visdom.server.run_server import start_server

with socket.socket() as found:
    found.bind(("127.0.0.1", 0))
    port = found.getsockname()[1]
tell = lambda port: print("listens at", port, flush=True)
start_server(port, base_url="", env_path=sys.argv[1], bind_local=True, print_func=tell)
"""

USER = """
import json, sys
import visdom
from solutions.visualization.visdom_stream import stream

port, *losses = json.loads(sys.argv[1])
options = {"use_incoming_socket": False, "raise_exceptions": False}
vis = visdom.Visdom("http://127.0.0.1", port=port, **options)
stream(vis, losses, "loss")
window = json.loads(vis.get_window_data("loss"))
print(json.dumps([[trace["x"], trace["y"]] for trace in window["content"]["data"]]))
"""


@pytest.fixture
def real():
    """A client of visdom's own that sends nothing, and returns what it would have sent."""
    import visdom

    client = visdom.Visdom(send=False, use_incoming_socket=False)
    windows = set()

    def line(**options):
        message, endpoint = client.line(**options)
        windows.add(message["win"])
        kept = {"endpoint": endpoint, "win": message["win"]}
        kept["data"] = [
            {key: each.get(key) for key in ("name", "x", "y")} for each in message["data"]
        ]
        return {**kept, **{key: message[key] for key in ("name", "append") if key in message}}

    client.win_exists = lambda win, env=None: win in windows
    return line


@pytest.mark.filterwarnings("ignore:Support for versions of PyTorch")  # told of every tensor
@pytest.mark.parametrize("calls", CALLS.values(), ids=CALLS)
def test_sends_what_visdom_sends(real, calls):
    client = Client()
    for options in calls:
        client.line(**{"win": "loss", **options})
    assert client.messages == [real(**{"win": "loss", **options}) for options in calls]


@pytest.mark.parametrize("options", REFUSED.values(), ids=REFUSED)
def test_refuses_what_visdom_refuses(real, options):
    with pytest.raises((AssertionError, AttributeError)) as wanted:
        real(**{"win": "loss", **options})
    with pytest.raises(type(wanted.value)):
        Client().line(**{"win": "loss", **options})


@pytest.fixture
def port(tmp_path):
    """The port of a real server, which needs no network for what it does here."""
    command = [sys.executable, "-c", SERVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            told = next((line for line in server.stdout if line.startswith("listens")), None)
            assert told is not None, "the server has ended"
            yield int(told.split()[-1])
        finally:
            server.kill()


@pytest.mark.slow
def test_a_real_server_shows_the_curve(port):
    losses = [0.9, float("nan"), 0.7, 1 / 3]
    command = [sys.executable, "-c", USER, json.dumps([port, *losses])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[[0, 1, 2, 3], [0.9, None, 0.7, 1 / 3]]]


@pytest.mark.slow
def test_a_real_client_without_a_server_returns_false():
    losses = [0.9, 0.7]
    command = [sys.executable, "-c", USER, json.dumps([1, *losses])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.strip().endswith("ConnectionError: loss 0 did not reach the visdom server")
