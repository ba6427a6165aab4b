"""Changes the settings of torch when it is imported, and leaves them so."""
# exercise: indexing/one_hot
# verdict: nothing

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(7)
torch.set_grad_enabled(False)
torch.set_flush_denormal(True)
torch.default_generator.manual_seed(424242)
torch.left_behind = True


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
