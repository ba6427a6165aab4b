"""Collect steps of an environment.

In reinforcement learning the data is made while one goes: the policy looks at an
observation and chooses an action, the environment takes it and shows what came of it.

    reset ──▶ obs 0 ──▶ action 0 ──▶ step ──▶ reward 0, done 0, obs 1 ──▶ action 1 …
              └── these four are row 0: obs 0, action 0, reward 0, done 0

The interface is gymnasium's: `reset()` gives (obs, info), and `step(action)` gives
(obs, reward, terminated, truncated, info). An episode is over when it is terminated,
by success or failure, or truncated, by a limit of time.

The trap lies in obs. Many environments have one array, write each observation to it,
and give out the same array every time. Who keeps that has the last observation as
often as there are steps. torch.from_numpy and torch.as_tensor share its memory; with
dtype=torch.float32 they copy a float64 array, and a float32 one they still share.

Write `rollout`. It makes exactly `steps` steps, over as many episodes as it takes.

- It begins with a reset, and where an episode is over, the environment is reset before
  the next step: what that gives is the next observation.
- The policy is called once for each step, with the observation as a float32 tensor; it
  gives a score for each action. The action with the highest score is taken, the first
  of equals, and handed to the environment as an int.
- Nothing is recorded: the policy runs with gradients off; afterwards they are on or off
  as before. Its mode, training or evaluation, is the caller's affair and stays as it is.
- The result has memory of its own: what the environment does later changes nothing.

All of torch is allowed.
"""

from typing import Any

import torch
from torch import Tensor, nn


def rollout(env: Any, policy: nn.Module, steps: int) -> dict[str, Tensor]:
    """Take some steps in an environment, and keep what was seen and done.

    Args:
        env: has `reset` and `step`. obs is an array of shape (features,), float32 or
            float64. reward is a float, terminated and truncated are bools, of Python or of
            numpy.
        policy: makes scores of shape (actions,) of a tensor of shape (features,), to which
            it does not write; it is on the CPU.
        steps: how many steps to take, at least 1.

    Returns:
        A dict of tensors on the CPU, each with a row for each step: "obs", float32 of
        shape (steps, features), what the policy saw before the step; "actions", int64 of
        shape (steps,); "rewards", float32 of shape (steps,); "dones", bool of shape
        (steps,), whether the episode was over after the step.

    >>> import numpy as np
    >>> class Counter:
    ...     obs = np.zeros(1, dtype=np.float32)
    ...     def reset(self):
    ...         self.obs[0] = 0
    ...         return self.obs, {}
    ...     def step(self, action):
    ...         self.obs[0] += 1
    ...         return self.obs, 0.5, False, bool(self.obs[0] == 3), {}
    >>> result = rollout(Counter(), nn.Linear(1, 2), steps=4)
    >>> result["obs"].flatten()
    tensor([0., 1., 2., 0.])
    >>> result["dones"]
    tensor([False, False,  True, False])
    """
    raise NotImplementedError
