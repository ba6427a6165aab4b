"""Saved to memory at each best step, loaded at the end."""

import io
import math

import torch


def best(model, steps):
    def save():
        file = io.BytesIO()
        torch.save(model.state_dict(), file)
        return file

    kept, lowest = save(), math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            kept, lowest = save(), loss
    kept.seek(0)
    return torch.load(kept)
