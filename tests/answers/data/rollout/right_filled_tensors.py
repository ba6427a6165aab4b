"""Tensors of the right size, which are filled row by row."""

import torch


@torch.no_grad()
def rollout(env, policy, steps):
    obs, _ = env.reset()
    result = {
        "obs": torch.empty(steps, len(obs)),
        "actions": torch.empty(steps, dtype=torch.int64),
        "rewards": torch.empty(steps),
        "dones": torch.empty(steps, dtype=torch.bool),
    }
    for t in range(steps):
        result["obs"][t] = torch.from_numpy(obs)
        action = policy(result["obs"][t]).argmax().item()
        obs, reward, terminated, truncated, _ = env.step(action)
        done = terminated or truncated
        result["actions"][t] = action
        result["rewards"][t] = reward
        result["dones"][t] = bool(done)
        if done and t < steps - 1:
            obs, _ = env.reset()
    return result
