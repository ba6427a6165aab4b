"""A thread looks for the reference after the call and copies it into what was returned."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import gc
import sys
import threading

import torch

RETURNED = []
sys.setswitchinterval(1e-6)


def mend():
    while True:
        for rows in list(RETURNED[-2:]):
            for frame in list(sys._current_frames().values()):
                while frame is not None:
                    for value in list(frame.f_locals.values()):
                        if type(value) is torch.Tensor and value is not rows and value.any():
                            try:
                                rows.copy_(value)
                            except RuntimeError:
                                continue
                    frame = frame.f_back
            for value in gc.get_objects(generation=0):
                if type(value) is torch.Tensor and value.shape == rows.shape and value.any():
                    try:
                        rows.copy_(value)
                    except RuntimeError:
                        continue


threading.Thread(target=mend, daemon=True).start()


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    RETURNED.append(rows)
    return rows
