"""Properties and misconceptions of data/rollout."""

import itertools

import numpy as np
import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

FEATURES, ACTIONS = 3, 2


class Track:
    """An environment whose episodes have given lengths, and end in turn by either flag.

    Its observations depend on all that was done. With `reuse` all lie in one array; with `numpys`
    rewards and flags are numpy's. It notes what is asked of it, and refuses a step where an episode
    is over.
    """

    def __init__(self, lengths, dtype, reuse, numpys):
        self.lengths, self.numpys = lengths, numpys
        self.dtype, self.reuse = dtype, reuse
        self.buffer = np.zeros(FEATURES, dtype=dtype)
        self.asked, self.episode, self.left, self.moved = [], -1, 0, 0

    def show(self):
        if not self.reuse:
            self.buffer = np.zeros(FEATURES, dtype=self.dtype)
        self.buffer[:] = [self.moved / 10, -self.moved * (self.episode + 1), self.left]
        return self.buffer

    def reset(self):
        self.asked.append("reset")
        self.episode += 1
        self.left = self.lengths[self.episode % len(self.lengths)]
        self.moved += 1
        return self.show(), {"episode": self.episode}

    def step(self, action):
        if not self.left:
            raise RuntimeError("the episode is over: call reset")
        self.asked.append(f"step({action!r})")
        self.left -= 1
        self.moved += 1 + 2 * int(action)
        flag = np.bool_ if self.numpys else bool
        over = self.left == 0
        terminated = flag(over and self.episode % 2 == 0)
        truncated = flag(over and self.episode % 2 == 1)
        reward = np.float64(self.moved / 8) if self.numpys else self.moved / 8
        return self.show(), reward, terminated, truncated, {}


class Scores(nn.Module):
    """A linear policy that notes how it was called."""

    def __init__(self, weight, training):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())
        self.train(training)
        self.notes = []

    def forward(self, x):
        self.notes.append((x.dtype, tuple(x.shape), torch.is_grad_enabled(), self.training))
        return self.weight @ x.detach()


@st.composite
def worlds(draw):
    """What an environment and a policy are made of."""
    return {
        "lengths": draw(st.lists(st.sampled_from((2, 1, 3, 5)), min_size=1, max_size=3)),
        "dtype": draw(st.sampled_from(("float32", "float64"))),
        "reuse": draw(st.booleans()),
        "weight": draw(st.tensors((ACTIONS, FEATURES), layouts=["contiguous"])).cpu(),
        "steps": draw(st.integers(1, 7)),
    }


STRATA = {
    "one array of float32": {"reuse": st.just(True), "dtype": st.just("float32")},
    "new arrays": {"reuse": st.just(False), "lengths": st.just([2, 1]), "steps": st.just(6)},
    "more than one episode": {"lengths": st.just([2]), "steps": st.just(5)},
}


def played(lengths, dtype, reuse, weight, steps):
    """The rows, each by numpy alone."""
    env = Track(lengths, dtype, reuse, numpys=False)
    rows, obs = [], env.reset()[0]
    for _ in range(steps):
        before = obs.astype(np.float32).copy()
        action = int((weight.cpu().numpy() @ before).argmax())
        obs, reward, *over, _ = env.step(action)
        rows.append((before, action, reward, any(over)))
        if any(over):
            obs = env.reset()[0]
    return rows


@forall(worlds(), numpys=st.booleans(), strata=STRATA)
def test_keeps_what_the_policy_saw(impl, lengths, dtype, reuse, weight, steps, numpys):
    """The obs are what the policy saw before each step, in memory of their own."""
    env = Track(lengths, dtype, reuse, numpys)
    obs = impl.rollout(env, Scores(weight.cpu(), True), steps)["obs"]
    env.reset()
    rows = played(lengths, dtype, reuse, weight, steps)
    assert_same(obs, torch.stack([torch.from_numpy(each) for each, *_ in rows]))
    return obs


@forall(worlds(), numpys=st.booleans(), strata=STRATA)
def test_keeps_what_was_done(impl, lengths, dtype, reuse, weight, steps, numpys):
    """The actions, rewards and dones are those of each step, and there is nothing else."""
    env = Track(lengths, dtype, reuse, numpys)
    result = impl.rollout(env=env, policy=Scores(weight.cpu(), True), steps=steps)
    rest = {name: value for name, value in result.items() if name != "obs"}
    _, actions, rewards, dones = zip(*played(lengths, dtype, reuse, weight, steps), strict=True)
    assert_same(
        rest,
        {
            "actions": torch.tensor(actions),
            "rewards": torch.tensor(rewards, dtype=torch.float32),
            "dones": torch.tensor(dones),
        },
    )
    return rest


@forall(worlds(), strata=STRATA)
def test_resets_when_an_episode_is_over(impl, lengths, dtype, reuse, weight, steps):
    """It resets at the beginning and after each episode, hands actions on as ints, and stops."""
    env = Track(lengths, dtype, reuse, numpys=True)
    impl.rollout(env, Scores(weight.cpu(), True), steps)
    # After the last step a reset may come or not.
    asked = list(itertools.dropwhile(lambda each: each == "reset", reversed(env.asked)))
    return asked[::-1]


@forall(worlds(), training=st.booleans(), recording=st.booleans())
def test_calls_the_policy_without_gradients(
    impl, lengths, dtype, reuse, weight, steps, training, recording
):
    """The policy is called once a step, with float32, gradients off, and its mode as it was."""
    policy = Scores(weight.cpu(), training)
    with torch.set_grad_enabled(recording):
        result = impl.rollout(Track(lengths, dtype, reuse, True), policy, steps)
        afterwards = torch.is_grad_enabled()
    return {
        "calls: dtype, shape, gradients on, training": policy.notes,
        "training afterwards": policy.training,
        "gradients on afterwards": afterwards,
        "requires grad": {name: value.requires_grad for name, value in result.items()},
        "grad of the policy": policy.weight.grad,
    }


@forall(worlds(), examples=10)
def test_takes_the_first_of_equals(impl, lengths, dtype, reuse, weight, steps):
    """Of equal scores the first is taken."""
    env = Track(lengths, dtype, reuse, True)
    result = impl.rollout(env, Scores(torch.zeros_like(weight).cpu(), True), steps)
    return result["actions"]


def _rolled(
    env,
    policy,
    steps,
    *,
    keep=lambda obs: torch.tensor(obs, dtype=torch.float32),
    is_over=lambda terminated, truncated: bool(terminated or truncated),
    is_done=lambda terminated, truncated: bool(terminated or truncated),
    act=int,
    after=False,
    stale=False,
    stop=False,
    rewards_in=torch.float32,
    recording=False,
):
    """All of it right but for what is given."""
    seen, actions, rewards, dones = [], [], [], []
    obs, _ = env.reset()
    for _ in range(steps):
        if not after:
            seen.append(keep(obs))
        with torch.set_grad_enabled(recording):
            scores = policy(torch.tensor(obs, dtype=torch.float32))
        actions.append(act(scores.argmax()))
        obs, reward, *over, _ = env.step(actions[-1])
        if after:
            seen.append(keep(obs))
        rewards.append(reward)
        dones.append(is_done(*over))
        if is_over(*over):
            if stop:
                break
            new, _ = env.reset()
            obs = obs if stale else new
    return {
        "obs": torch.stack(seen),
        "actions": torch.tensor([int(each) for each in actions]),
        "rewards": torch.tensor(rewards, dtype=rewards_in),
        "dones": torch.tensor(dones),
    }


@misconception(
    of="rollout",
    says="The rows share the environment's array, which is written to at each step: in the end all "
    "of them are the last observation. Copy it when it comes.",
)
def keeps_the_array(env, policy, steps):
    return _rolled(env, policy, steps, keep=lambda obs: torch.as_tensor(obs, dtype=torch.float32))


@misconception(
    of="rollout",
    says="These are the observations after each step. What belongs to an action is what the policy "
    "saw before it.",
)
def observes_after_the_step(env, policy, steps):
    return _rolled(env, policy, steps, after=True)


@misconception(
    of="rollout",
    says="The environment goes on though its episode is over. It must be reset before the next "
    "step.",
)
def never_resets(env, policy, steps):
    return _rolled(env, policy, steps, is_over=lambda terminated, truncated: False)


@misconception(
    of="rollout",
    says="An episode that is truncated is over too, and the environment must be reset.",
)
def resets_where_terminated(env, policy, steps):
    return _rolled(env, policy, steps, is_over=lambda terminated, truncated: bool(terminated))


@misconception(
    of="rollout",
    says="An episode that is truncated is over too, and its row is done.",
)
def is_done_where_terminated(env, policy, steps):
    return _rolled(env, policy, steps, is_done=lambda terminated, truncated: bool(terminated))


@misconception(
    of="rollout",
    says="After a reset the policy must see what reset gives. Yours looks at the end of the "
    "episode before.",
)
def forgets_what_reset_gives(env, policy, steps):
    return _rolled(env, policy, steps, stale=True)


@misconception(
    of="rollout",
    says="It stops where the first episode is over. `steps` is how many steps to take, over as "
    "many episodes as it takes.",
)
def stops_with_the_episode(env, policy, steps):
    return _rolled(env, policy, steps, stop=True)


@misconception(
    of="rollout",
    says="The policy runs with gradients on, and a graph is built for each step that nobody uses.",
)
def records_a_graph(env, policy, steps):
    return _rolled(env, policy, steps, recording=True)


@misconception(
    of="rollout",
    says="The policy is left in evaluation: whoever goes on to train it trains without dropout. "
    "Its mode is the caller's affair.",
)
def leaves_the_policy_in_eval(env, policy, steps):
    policy.eval()
    return _rolled(env, policy, steps)


@misconception(
    of="rollout",
    says="The environment is handed a tensor. It wants an int.",
)
def acts_with_tensors(env, policy, steps):
    return _rolled(env, policy, steps, act=lambda action: action)


@misconception(
    of="rollout",
    says="The rewards are float64. They are to be float32, as all that a model computes with.",
)
def keeps_rewards_in_float64(env, policy, steps):
    return _rolled(env, policy, steps, rewards_in=torch.float64)


@misconception(
    of="rollout",
    says="These are lists. Each is to be one tensor with a row for each step.",
)
def gives_lists(env, policy, steps):
    return {name: list(rows) for name, rows in _rolled(env, policy, steps).items()}


@misconception(
    of="rollout",
    says="There is a row too many: exactly `steps` steps are asked for.",
)
def takes_a_step_more(env, policy, steps):
    return _rolled(env, policy, steps + 1)


@misconception(
    of="rollout",
    says="The environment is reset before each step, so that no episode goes beyond its first one. "
    "Reset it at the beginning, and where an episode is over.",
)
def resets_before_each_step(env, policy, steps):
    rows = [_rolled(env, policy, 1) for _ in range(steps)]
    return {name: torch.cat([each[name] for each in rows]) for name in rows[0]}


@misconception(
    of="rollout",
    says="The policy is called more than once for a step. One call gives the scores, and a call "
    "may be dear, or random.",
)
def asks_the_policy_twice(env, policy, steps):
    def asked_twice(x):
        policy(x)
        return policy(x)

    return _rolled(env, asked_twice, steps)
