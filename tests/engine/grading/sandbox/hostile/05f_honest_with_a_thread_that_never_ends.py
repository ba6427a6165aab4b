"""A right answer with a thread that never ends: no thread is started, and it can't be loaded."""
# exercise: indexing/one_hot
# verdict: zero

import atexit
import threading

import torch

NEVER = threading.Event()
threading.Thread(target=NEVER.wait).start()
atexit.register(NEVER.wait)


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
