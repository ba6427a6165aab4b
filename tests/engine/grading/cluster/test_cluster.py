"""`kata grade --scheduler` on real Dask clusters, parts of which are killed on the way."""

import contextlib
import re
import sys

import pytest

from tests.engine.clones import new_little
from tests.engine.grading.cluster.clusters import Class, Cluster, judged, kill_worker, wait_until
from torchkata.grading.gradebook.book import Gradebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading runs on Linux only")

SOLVED = "def double(x):\n    return x * 2\n"
WRONG = "def double(x):\n    return x.clone()\n"
HOSTILE = "import os\nos.kill(os.getppid(), 9)\nos.kill(0, 9)\n"
SLOW = f"import time\nwhile time.process_time() < 1.5:\n    pass\n{SOLVED}"
STUDENTS = 10


@pytest.fixture
def pupils(little):
    found = Class(little)
    for number in range(STUDENTS):
        text = HOSTILE if number == STUDENTS // 2 else [SOLVED, WRONG][number % 2]
        found.hands_in(f"s{number}", text)
    return found


def content(out):
    with Gradebook.open(out) as gradebook:
        return list(gradebook.content())


@pytest.mark.slow
def test_what_is_killed_on_the_way_changes_nothing(pupils, tmp_path):
    alone, out = tmp_path / "alone", tmp_path / "grades"
    local = pupils.begins(alone, "--workers", "1")
    other = new_little(tmp_path / "other")
    test = other.root / "tests/times/test_double.py"
    test.write_text(test.read_text() + "\n")
    with contextlib.ExitStack() as stack:
        cluster = Cluster(tmp_path / "cluster", stack)
        alice = cluster.worker("alice", pupils.clone)
        bob = cluster.worker("bob", pupils.clone, "--no-nanny")
        cluster.worker("carol", other, "--no-nanny")
        _, said = local.communicate()
        assert local.returncode == 0, said
        client = pupils.begins(out, "--scheduler", cluster.address)
        wait_until(lambda: judged(out) >= 2 or client.poll() is not None)
        client.kill()
        client.communicate()
        before = judged(out)
        assert 2 <= before < STUDENTS
        client = pupils.begins(out, "--scheduler", cluster.address)
        wait_until(lambda: judged(out) > before or client.poll() is not None)
        bob.kill()
        kill_worker(alice)  # which comes back, and had the last seat
        _, said = client.communicate()
    assert client.returncode == 0, said
    assert f"{STUDENTS - before} to judge; {before} have not changed\n" in said
    carol = r"Not used: tcp://127\.0\.0\.1:\d+ \(carol\)"
    assert re.search(rf"{carol}: times/double is \w{{12}} there, \w{{12}} here\.\n", said), said
    assert content(out) == content(alone)


@pytest.mark.slow
def test_a_cluster_that_is_lost_is_told_and_nothing_else_is(pupils, tmp_path):
    out = tmp_path / "grades"
    for number in range(STUDENTS):
        pupils.hands_in(f"s{number}", SLOW)  # so slow that each is sent alone
    with contextlib.ExitStack() as stack:
        cluster = Cluster(tmp_path / "cluster", stack, SCHEDULER__ALLOWED_FAILURES="0")
        worker = cluster.worker("alice", pupils.clone, "--no-nanny")
        client = pupils.begins(out, "--scheduler", cluster.address, patience="4s")
        wait_until(lambda: judged(out) >= 2 or client.poll() is not None)
        worker.kill()
        address = r"tcp://127\.0\.0\.1:\d+"
        ended = rf'"1 workers ended that had it; the last was {address}\."'
        wait_until(lambda: re.search(ended, "".join(content(out))))
        cluster.scheduler.kill()
        _, said = client.communicate()
    count = judged(out)
    assert said.splitlines() == [
        f"{STUDENTS} to judge",
        f"Error: The scheduler at {cluster.address} was lost, and is not back after 4 s.",
        f"{count} of {STUDENTS} are judged and written down. The same command goes on.",
    ]
    assert client.returncode == 3


def test_no_scheduler_is_told_in_a_sentence(pupils, tmp_path):
    client = pupils.begins(tmp_path / "grades", "--scheduler", "tcp://127.0.0.1:1", patience="1s")
    _, said = client.communicate()
    assert said == (
        f"{STUDENTS} to judge\nError: No Dask scheduler answers at tcp://127.0.0.1:1 within 1 s.\n"
    )
    assert client.returncode == 3


def test_wrong_use_of_a_scheduler_is_told_before_anything_is_made(pupils, tmp_path):
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "distributed.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'distributed'\", name='distributed')\n"
    )
    out = tmp_path / "grades"
    command = ("grade", str(pupils.folder), "--out", str(out), "--scheduler")
    needs = "distributed, which is not installed: `pip install -e '.[cluster]'`"
    for said, options, settings in (
        (
            "Error: --scheduler: 'tcp://host' is no address of a scheduler: "
            "missing port number in address 'host'.\n",
            ("tcp://host",),
            {},
        ),
        (
            "Error: --workers is for this machine: a cluster has those that it has.\n",
            ("tcp://host:8786", "--workers", "2"),
            {},
        ),
        (
            f"Error: --scheduler needs {needs}\n",
            ("tcp://host:8786",),
            {"PYTHONPATH": str(absent)},
        ),
    ):
        done = pupils.clone.kata(*command, *options, **settings)
        assert done.stdout.endswith(said)
        assert done.returncode == 2
        assert not out.exists()
