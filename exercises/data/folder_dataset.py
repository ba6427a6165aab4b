"""A dataset that lies in a folder.

Data is often larger than the memory. So the samples stay in files, and a list says what
there is: here a CSV file with the name of a .npy file and a label in each row.

    root/                          labels.csv            dataset[1]
    ├── labels.csv                 b.npy,4               the array in night/7.npy
    ├── b.npy                      night/7.npy,0         label  tensor(0)
    └── night/
        └── 7.npy

Write the class `FolderDataset`, a subclass of `Dataset`. A sample is the array as a
float32 tensor, whichever of torch's dtypes it has, and a label a 0-dim int64 tensor.

- The CSV is read once, when the dataset is made. It has no header: its first row is a
  sample like the others, which pandas.read_csv does not know unless it is told. Its
  rows set the order; a .npy file that no row names is no sample. A name with a comma
  in it is in quotes, as the module csv reads and writes it.
- An array is read when its sample is asked for: that file and no other, at each access
  anew. Nothing is kept in memory. The .npy files need not even be there before.
- No file stays open: neither after the dataset was made nor after an access, while the
  sample is still in use. The sample has memory of its own.
- The names are relative to root, and not to the working directory. root may itself be
  relative to the working directory at the time when the dataset is made; when that
  changes later, the dataset still finds its files.
- The transform is called with the sample, once at each access. What it returns is
  handed on as it is. None alone means none: an object with a length, such as an empty
  nn.Sequential, is false as a condition and is called all the same.
- A dataset can be pickled where its transform can, and without one. A DataLoader with
  worker processes makes the same batches of it as without.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset


class FolderDataset(Dataset):
    """Samples in .npy files, and a CSV file that lists them with their labels.

    Args:
        root: the folder.
        annotations: the path of the CSV file in it, such as "labels.csv". It is UTF-8,
            and has rows of a file's name and a label, a whole number; or none at all.
        transform: called with a sample at each access; None leaves samples as they are.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> root = Path(folder.name)
    >>> np.save(root / "b.npy", np.array([0.5, 1.5]))
    >>> np.save(root / "a.npy", np.array([2, 3]))
    >>> _ = (root / "labels.csv").write_text("b.npy,4\\na.npy,0\\n")
    >>> dataset = FolderDataset(root, "labels.csv")
    >>> len(dataset)
    2
    >>> dataset[0]
    (tensor([0.5000, 1.5000]), tensor(4))
    >>> folder.cleanup()
    """

    def __init__(
        self, root: Path, annotations: str, transform: Callable[[Tensor], Any] | None = None
    ) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        """The number of samples."""
        raise NotImplementedError

    def __getitem__(self, index: int) -> tuple[Any, Tensor]:
        """Sample and label number `index`, the sample transformed.

        Args:
            index: from -n to n - 1; a negative one counts from the end, as in a list.

        Returns:
            The tuple (sample, label).

        Raises:
            IndexError: `index` is out of range. A `for` loop over the dataset ends by it.
        """
        raise NotImplementedError
