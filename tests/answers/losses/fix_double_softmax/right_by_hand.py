"""logsumexp by hand, and an addmm."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.linear = nn.Linear(features, classes)

    def forward(self, x):
        return torch.addmm(self.linear.bias, x, self.linear.weight.T)

    def loss(self, x, y):
        logits = self(x)
        right = logits.gather(1, y[:, None])[:, 0]
        return (logits.logsumexp(1) - right).mean()

    def predict_proba(self, x):
        logits = self(x).detach()
        shifted = (logits - logits.amax(1, keepdim=True)).exp()
        return shifted / shifted.sum(1, keepdim=True)

    def predict(self, x):
        return self(x).detach().argmax(1)
