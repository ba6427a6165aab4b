"""The actions, rewards and dones are those of each step"""

import torch


def rollout(env, policy, steps):
    seen, actions, rewards, dones = [], [], [], []
    obs, _ = env.reset()
    for _ in range(steps):
        seen.append(torch.tensor(obs, dtype=torch.float32))
        with torch.no_grad():
            actions.append(policy(seen[-1]).argmax().item())
        obs, reward, terminated, truncated, _ = env.step(actions[-1])
        rewards.append(reward if not (terminated or truncated) else 0.0)
        dones.append(bool(terminated or truncated))
        if dones[-1]:
            obs, _ = env.reset()
    return {
        "obs": torch.stack(seen),
        "actions": torch.tensor(actions),
        "rewards": torch.tensor(rewards, dtype=torch.float32),
        "dones": torch.tensor(dones),
    }
