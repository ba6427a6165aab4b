"""The model's values are copied one by one; a mapping function for the device."""

import torch


def save(path, model, optimizer, epoch):
    values = {**dict(model.named_parameters()), **dict(model.named_buffers())}
    torch.save(
        {
            "model": {name: values[name].detach() for name in model.state_dict()},
            "optimizer": optimizer.state_dict(),
            "epoch": epoch,
        },
        str(path),
    )


@torch.no_grad()
def load(path, model, optimizer, device):
    checkpoint = torch.load(path, map_location=lambda storage, location: storage)
    for name, own in model.state_dict().items():
        own.copy_(checkpoint["model"][name])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]
