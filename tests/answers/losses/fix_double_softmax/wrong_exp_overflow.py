"""predict_proba gives the probability of each class, and each row sums to 1."""

import torch.nn.functional as F
from torch import nn


class Classifier(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.linear = nn.Linear(features, classes)

    def forward(self, x):
        return self.linear(x)

    def loss(self, x, y):
        return F.cross_entropy(self(x), y)

    def predict_proba(self, x):
        e = self(x).exp()
        return e / e.sum(1, keepdim=True)

    def predict(self, x):
        return self(x).argmax(1)
