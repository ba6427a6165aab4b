#!/usr/bin/env bash
# torch 2.13.0: SGD with nesterov=True and its foreach implementation writes into .grad.
#
# Guess, before it was run: foreach= is a matter of speed alone, so step() leaves .grad as it was
# and the parameters come out the same with it and without.
#
# Seen: with foreach=True, step() adds momentum * buffer to .grad itself. Whoever reads .grad after
# the step (to log its norm, say) reads another number, and whoever steps again without a new
# backward, or lets gradients add up over steps, gets other parameters. foreach is what torch takes
# by default on CUDA, and not on the CPU: the same program differs by device. Documentation of
# torch.optim.SGD, read for 2.13, says of foreach only that it is faster and takes more memory.
#
#     foreach=False  .grad 1.0 1.0  parameter 3.85 3.675
#     foreach=True   .grad 1.5 2.5  parameter 3.85 3.6
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.3.5
cat > "$folder/steps.py" <<'PYTHON'
import torch

for foreach in (False, True):
    weight = torch.tensor([4.0], requires_grad=True)
    weight.grad = torch.tensor([1.0])
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.5, nesterov=True, foreach=foreach)
    grads, weights = [], []
    for _ in range(2):
        optimizer.step()
        grads.append(f"{weight.grad.item():.4g}")
        weights.append(f"{weight.item():.4g}")
    print(f"foreach={foreach} grad {' '.join(grads)} parameter {' '.join(weights)}")
PYTHON
seen=$("$folder/venv/bin/python" "$folder/steps.py")
echo "$seen"
expected="foreach=False grad 1 1 parameter 3.85 3.675
foreach=True grad 1.5 2.5 parameter 3.85 3.6"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
