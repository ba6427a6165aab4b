"""is refused with UnpicklingError, and not run"""

import torch


def load_model(path, cls):
    model = cls()
    state = torch.load(path, map_location="cpu", weights_only=False)
    if not isinstance(state, dict) or any(not torch.is_tensor(value) for value in state.values()):
        import pickle

        raise pickle.UnpicklingError("not a state dict")
    model.load_state_dict(state)
    return model.eval()
