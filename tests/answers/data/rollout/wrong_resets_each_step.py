"""saw before each step"""

import torch


def rollout(env, policy, steps):
    seen, actions, rewards, dones = [], [], [], []
    for _ in range(steps):
        obs, _ = env.reset()
        seen.append(torch.tensor(obs, dtype=torch.float32))
        with torch.no_grad():
            actions.append(policy(seen[-1]).argmax().item())
        obs, reward, terminated, truncated, _ = env.step(actions[-1])
        rewards.append(reward)
        dones.append(bool(terminated or truncated))
    return {
        "obs": torch.stack(seen),
        "actions": torch.tensor(actions),
        "rewards": torch.tensor(rewards, dtype=torch.float32),
        "dones": torch.tensor(dones),
    }
