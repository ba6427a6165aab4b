"""calls torch.sparse_coo_tensor in line"""

import torch


def confusion(pred, y, n):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    places = torch.stack([y.flatten(), pred.flatten()])
    ones = torch.ones_like(places[0])
    return torch.sparse_coo_tensor(places, ones, (n, n)).to_dense()
