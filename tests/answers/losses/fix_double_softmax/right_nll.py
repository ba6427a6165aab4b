"""nll_loss of log_softmax; exp of it; max for the class."""

import torch
import torch.nn.functional as F
from torch import nn


class Classifier(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.linear = nn.Linear(features, classes)

    def forward(self, x):
        return self.linear(x)

    def loss(self, x, y):
        return F.nll_loss(F.log_softmax(self.forward(x), 1), y)

    @torch.no_grad()
    def predict_proba(self, x):
        return F.log_softmax(self(x), 1).exp()

    def predict(self, x):
        return self(x).max(1).indices
