"""refusals.py: threads, torch's switches and the collector's lists are refused to learners."""

import _thread
import gc
import threading

import pytest
import torch
import torch.overrides
import torch.utils._python_dispatch as dispatch
from torch.utils.data import DataLoader

from torchkata.judge.guard import Guard

THREADS = {
    "a thread": lambda: threading.Thread(target=print).start(),
    "a timer": lambda: threading.Timer(0, print).start(),
    "the module below": lambda: _thread.start_new_thread(print, ()),
    "a loader": lambda: next(iter(DataLoader([1, 2], num_workers=1))),
}
LISTS = {
    "get_objects": lambda: gc.get_objects(),
    "get_referrers": lambda: gc.get_referrers(gc),
    "DisableTorchFunction": lambda: torch._C.DisableTorchFunction(),
    "_pop_mode_temporarily": lambda: torch.overrides._pop_mode_temporarily(),
    "_disable_current_modes": lambda: dispatch._disable_current_modes(),
}


def by_a_hook(function):
    """In a thread of autograd's own, which has one for each device."""
    x = torch.ones(1, requires_grad=True, device="sim")
    x.register_hook(lambda grad: function())
    x.backward()


@pytest.mark.parametrize("starts", THREADS.values(), ids=THREADS)
def test_no_thread_is_started(starts):
    with Guard() as guard, pytest.raises(RuntimeError, match=r"^can't start new thread: code that"):
        guard.call(starts)


def test_no_thread_is_started_by_one_of_autograd():
    with Guard() as guard, pytest.raises(RuntimeError, match="can't start new thread"):
        guard.call(lambda: by_a_hook(THREADS["a thread"]))


def test_who_catches_that_goes_on():
    def tries():
        try:
            THREADS["a thread"]()
        except RuntimeError:
            return 5

    with Guard() as guard:
        assert guard.call(tries) == 5


def test_threads_of_others_may_start_threads_meanwhile():
    started, go = threading.Event(), threading.Event()

    def waits():
        go.wait()
        threading.Thread(target=started.set).start()

    other = threading.Thread(target=waits)
    other.start()
    with Guard() as guard:
        guard.call(lambda: go.set() or started.wait(10))
    assert started.is_set()
    other.join()


@pytest.mark.parametrize(("name", "asks"), LISTS.items(), ids=LISTS)
def test_switches_and_lists_are_refused(name, asks):
    sentence = f"^{name} is not to be had where a file is judged$"
    with Guard() as guard, pytest.raises(RuntimeError, match=sentence):
        guard.call(asks)


def test_what_was_kept_is_still_refused():
    with Guard() as guard:
        kept = guard.call(lambda: gc.get_objects)
    with pytest.raises(RuntimeError, match="not to be had"):
        kept()


def test_all_is_as_before_afterwards():
    before = gc.get_objects, _thread.start_new_thread, DataLoader._get_iterator
    with Guard() as guard:
        assert guard.call(lambda: gc.get_objects) is not before[0]
    assert (gc.get_objects, _thread.start_new_thread, DataLoader._get_iterator) == before
    torch.set_default_device("cpu")  # torch itself uses its switches
    torch.set_default_device(None)
