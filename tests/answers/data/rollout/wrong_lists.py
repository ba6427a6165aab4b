"""a tensor expected, a list of"""

import torch


def rollout(env, policy, steps):
    result = {"obs": [], "actions": [], "rewards": [], "dones": []}
    obs, _ = env.reset()
    for _ in range(steps):
        result["obs"].append(torch.tensor(obs, dtype=torch.float32))
        with torch.no_grad():
            result["actions"].append(policy(result["obs"][-1]).argmax().item())
        obs, reward, terminated, truncated, _ = env.step(result["actions"][-1])
        result["rewards"].append(reward)
        result["dones"].append(bool(terminated or truncated))
        if terminated or truncated:
            obs, _ = env.reset()
    return result
