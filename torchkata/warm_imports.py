"""What a warm process has imported before it is asked anything: all but exercises.

Importing this module is its whole use. It runs no tensor operation: the processes that are forked
from it would find the thread pool of such a one dead.
"""

import gc

import hypothesis.extra.numpy  # noqa: F401 - imported to be there
import torch

import torchkata.examination
import torchkata.strategies
import torchkata.torch_errors  # noqa: F401 - imported to be there

# The inputs of a property are small: threads would cost more than they save.
torch.set_num_threads(1)
gc.collect()
gc.freeze()
