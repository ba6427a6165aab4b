#!/usr/bin/env bash
# torch 2.13.0: nn.Sequential.append on a slice writes over a layer of it.
#
# Guess, before it was run: a slice of three layers with one appended has four, as a list would.
#
# Seen: a slice keeps the names that its members had in the whole, here "1", "2" and "3", and append
# names the new one by the length, "3". So the last layer is replaced without a word, and the length
# stays 3. extend by two layers replaces it twice: only the second is left.
#
#     slice: 1 2 3
#     after append: 1 2 3, the last is Tanh
#     after extend by two: 1 2 3, the last two are Linear and Sigmoid
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.3.5
cat > "$folder/slices.py" <<'PYTHON'
from torch import nn


def tail():
    return nn.Sequential(nn.Linear(1, 1), nn.ReLU(), nn.Linear(1, 1), nn.Identity())[1:]


def names(chain):
    return " ".join(name for name, _ in chain.named_children())


print(f"slice: {names(tail())}")
appended = tail().append(nn.Tanh())
print(f"after append: {names(appended)}, the last is {type(appended[-1]).__name__}")
extended = tail().extend([nn.Tanh(), nn.Sigmoid()])
last = " and ".join(type(each).__name__ for each in list(extended)[-2:])
print(f"after extend by two: {names(extended)}, the last two are {last}")
PYTHON
seen=$("$folder/venv/bin/python" "$folder/slices.py")
echo "$seen"
expected="slice: 1 2 3
after append: 1 2 3, the last is Tanh
after extend by two: 1 2 3, the last two are Linear and Sigmoid"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
