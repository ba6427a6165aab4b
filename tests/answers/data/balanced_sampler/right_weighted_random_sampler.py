"""torch's own sampler, with the weights."""

from torch.utils.data import WeightedRandomSampler


class Balanced(WeightedRandomSampler):
    def __init__(self, labels, n, generator=None):
        counts = {label: (labels == label).sum().item() for label in labels.unique().tolist()}
        weights = [1.0 / counts[label] for label in labels.tolist()]
        super().__init__(weights, n, replacement=True, generator=generator)
