"""One pool and one ReLU as modules, which have no parameters; torch.flatten."""

import torch
from torch import nn


def num_flat_features(x):
    return x.shape[1:].numel()


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels=1, out_channels=6, kernel_size=5)
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(in_channels=6, out_channels=16, kernel_size=5)
        self.fc1 = nn.Linear(16 * 5**2, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = self.pool(self.relu(conv(x)))
        x = torch.flatten(x, start_dim=1)
        for fc in (self.fc1, self.fc2):
            x = self.relu(fc(x))
        return self.fc3(x)
