"""True expected, False returned

Believes that view needs a contiguous tensor and that flatten is always a view.
"""

from torch import Tensor

OPERATIONS = {
    "view": "x.view(2, 3)",
    "reshape": "x.reshape(6)",
    "flatten": "x.flatten()",
    "transpose": "x.transpose(0, 1)",
    "t": "x.t()",
    "permute": "x.permute(1, 0)",
    "expand": "x.expand(4, 2, 3)",
    "repeat": "x.repeat(4, 1, 1)",
    "unsqueeze": "x.unsqueeze(0)",
    "squeeze": "x.squeeze()",
    "index": "x[0]",
    "slice": "x[:, 1:]",
    "advanced_index": "x[[0, 1]]",
    "mask": "x[x == 0]",
    "narrow": "x.narrow(1, 0, 2)",
    "index_select": "x.index_select(0, torch.tensor([0, 1]))",
    "unbind": "x.unbind()[1]",
    "chunk": "x.chunk(2)[0]",
    "cat": "torch.cat([x])",
    "detach": "x.detach()",
    "clone": "x.clone()",
    "contiguous": "x.contiguous()",
    "to_same": "x.to(torch.float32)",
    "to_double": "x.to(torch.float64)",
    "numpy": "torch.from_numpy(x.numpy())",
    "add": "x + 0",
    "add_": "x.add_(0)",
}


def shares_storage(a: Tensor, b: Tensor) -> bool:
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


COPIES = {"repeat", "advanced_index", "mask", "index_select", "cat", "clone", "to_double", "add"}


def predict(op: str, contiguous: bool) -> bool:
    if op in COPIES:
        return False
    return contiguous or op not in {"view", "reshape", "contiguous"}
