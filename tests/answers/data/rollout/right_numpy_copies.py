"""Copies in numpy, and one conversion at the end."""

import numpy as np
import torch


def rollout(env, policy, steps):
    rows, done = [], True
    obs = None
    with torch.inference_mode():
        while len(rows) < steps:
            if done:
                obs, _ = env.reset()
            now = np.array(obs, dtype=np.float32)
            scores = policy(torch.from_numpy(now))
            action = int(torch.argmax(scores))
            obs, reward, terminated, truncated, _ = env.step(action)
            done = bool(terminated) | bool(truncated)
            rows.append((now, action, reward, done))
    seen, actions, rewards, dones = zip(*rows, strict=True)
    return {
        "obs": torch.from_numpy(np.stack(seen)),
        "actions": torch.tensor(actions, dtype=torch.int64),
        "rewards": torch.tensor(rewards, dtype=torch.float32),
        "dones": torch.tensor(dones, dtype=torch.bool),
    }
