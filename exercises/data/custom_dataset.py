"""A dataset over two arrays.

A `Dataset` answers two questions: how many samples are there, and which is number `index`? A
`DataLoader` asks nothing more. Converting, copying and transforming happen in the answers.

    x  (3, 2)          y  (3,)         dataset[1]
    [[0.0, 0.5],       [4,             sample  tensor([1.0, 1.5])      float32, shape (2,)
     [1.0, 1.5],        5,             label   tensor(5)               int64, 0-dim
     [2.0, 2.5]]        6]

Write the class `ArrayDataset`, a subclass of `Dataset`.

- Conversion: whatever float or integer dtypes the arrays have, a sample is a float32 tensor and a
  label a 0-dim int64 tensor, both on the CPU. Values are not scaled.
- Transforms: `transform` is called with the sample and `target_transform` with the label, as these
  tensors, once at each access and at no other time. What they return is handed on as it is, be it a
  tensor or not. A transform may be random or count its calls, so no result may be used again.
  None alone means none: an object with a length, such as an empty nn.Sequential, is false as a
  condition and is called all the same.
- Copies: the dataset does not change when the arrays are written to after it was made, nor when a
  sample or label that it gave is written to, by a transform or by anybody else. It does not write
  to the arrays.
- Workers: a DataLoader with worker processes may send the dataset to them, and makes the same
  batches as without. A dataset can be pickled where its transforms can, and without any.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset


class ArrayDataset(Dataset):
    """Samples and their labels, out of two numpy arrays.

    Args:
        x: the samples, shape (n, ...) with at least one dimension, floats or integers. Where it is
            (n,), a sample is 0-dim.
        y: the labels, integers of shape (n,). n may be 0. Both arrays are such as torch takes: no
            longdouble, in the machine's byte order, without negative strides.
        transform: called with a sample at each access; None leaves samples as they are.
        target_transform: called with a label at each access; None leaves labels as they are.

    Raises:
        ValueError: `x` and `y` have different lengths.

    >>> dataset = ArrayDataset(np.array([[0.0, 0.5], [1.0, 1.5]]), np.array([4, 5]))
    >>> len(dataset)
    2
    >>> dataset[-1]
    (tensor([1.0000, 1.5000]), tensor(5))
    >>> ArrayDataset(np.eye(2), np.array([4, 5]), transform=torch.sum)[0]
    (tensor(1.), tensor(4))
    """

    def __init__(
        self,
        x: np.ndarray,
        y: np.ndarray,
        transform: Callable[[Tensor], Any] | None = None,
        target_transform: Callable[[Tensor], Any] | None = None,
    ) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        """The number of samples."""
        raise NotImplementedError

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        """Sample and label number `index`, transformed.

        Args:
            index: from -n to n - 1; a negative one counts from the end, as in a list.

        Returns:
            The tuple (sample, label).

        Raises:
            IndexError: `index` is out of range. A `for` loop over the dataset ends by it.
        """
        raise NotImplementedError
