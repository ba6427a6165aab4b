"""has no attribute 'updateTrace'"""

import numpy as np


def stream(vis, losses, win):
    for i, loss in enumerate(losses):
        if i == 0:
            vis.line(Y=np.array([loss]), X=np.array([i]), win=win)
        else:
            vis.updateTrace(X=np.array([i]), Y=np.array([loss]), win=win)
