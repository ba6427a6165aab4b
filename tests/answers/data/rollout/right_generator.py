"""A generator of rows, and clones."""

import itertools

import torch


def _rows(env, policy):
    while True:
        obs, _ = env.reset()
        over = False
        while not over:
            x = torch.as_tensor(obs).to(torch.float32).clone()
            with torch.no_grad():
                _, action = policy(x).max(dim=0)
            obs, reward, terminated, truncated, _ = env.step(action.item())
            over = bool(terminated or truncated)
            yield x, action, torch.tensor(float(reward)), torch.tensor(over)


def rollout(env, policy, steps):
    rows = list(itertools.islice(_rows(env, policy), steps))
    names = "obs", "actions", "rewards", "dones"
    return {
        name: torch.stack(column)
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
