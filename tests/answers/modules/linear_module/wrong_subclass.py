"""is an nn.Linear: False expected, True returned"""

from torch import nn


class Linear(nn.Linear):
    pass
