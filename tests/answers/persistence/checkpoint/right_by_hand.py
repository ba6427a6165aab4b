"""Keyword arguments, everything on the CPU on the way, and a check of the file."""

import torch


def _on_cpu(value):
    if torch.is_tensor(value):
        return value.detach().cpu()
    if isinstance(value, dict):
        return {k: _on_cpu(v) for k, v in value.items()}
    return value


def save(path, model, optimizer, epoch):
    optim = optimizer.state_dict()
    optim["state"] = _on_cpu(optim["state"])
    torch.save(dict(model=_on_cpu(model.state_dict()), optimizer=optim, epoch=epoch), f=path)


def load(path, model, optimizer, device):
    data = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(data["model"], strict=True)
    optimizer.load_state_dict(data["optimizer"])
    return data["epoch"]
