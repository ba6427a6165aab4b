"""A module for the loss would add no state; softmax as a module."""

import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        self.linear = nn.Linear(features, classes)

        self.criterion = nn.CrossEntropyLoss()
        self.softmax = nn.Softmax(dim=-1)

    def forward(self, x):
        return self.linear(x)

    def loss(self, x, y):
        return self.criterion(self(x), y)

    def predict_proba(self, x):
        return self.softmax(self(x))

    def predict(self, x):
        with torch.no_grad():
            return torch.argmax(self(x), dim=-1)
