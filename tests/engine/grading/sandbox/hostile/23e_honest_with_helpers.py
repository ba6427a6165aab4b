"""A right answer with a child process, a pool and a few threads: no thread is started."""
# exercise: indexing/one_hot
# verdict: zero

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import torch

child = os.fork()
if child == 0:
    os._exit(0)
os.waitpid(child, 0)
with ThreadPoolExecutor(3) as pool:
    list(pool.map(abs, range(10)))
threads = [threading.Thread(target=abs, args=(1,)) for _ in range(3)]
for each in threads:
    each.start()
for each in threads:
    each.join()


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
