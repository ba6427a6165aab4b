"""forward gives the logits, which may be any numbers."""

import torch.nn.functional as F
from torch import nn


class Classifier(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.linear = nn.Linear(features, classes)

    def forward(self, x):
        logits = self.linear(x)
        return logits if logits.shape[-1] > 1 else logits.squeeze(-1)

    def loss(self, x, y):
        return F.cross_entropy(self(x), y)

    def predict_proba(self, x):
        return F.softmax(self(x), dim=1)

    def predict(self, x):
        return self(x).argmax(1)
