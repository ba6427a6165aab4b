#!/usr/bin/env bash
# torch 2.13.0: a uint8 tensor is compared with a Python number in uint8, so that -100 is 156.
#
# Guess, before it was run: `labels != -100`, the usual mask of rows that count, is True for every
# uint8 label, as in NumPy: none can be -100. So a masked mean written by hand gives what
# F.cross_entropy gives for the same labels, which takes uint8 for class ids.
#
# Seen: the number wraps around. Rows of class 156 are taken for ignored ones and vanish from the
# mean without a warning, `labels >= 300` is True from 44 on, `labels < -1` is True below 255.
# F.cross_entropy counts class 156. Images of labels are often uint8: convert them with .long()
# before the first comparison. The documentation of torch.ne, read for 2.13, says nothing of it.
#
#     torch   [0, 156, 255] != -100   True False True       numpy  True True True
#     torch   [0, 156, 255] >= 300    False True True       numpy  False False False
#     rows that count: by the mask 2, by F.cross_entropy 3
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.3.5
cat > "$folder/labels.py" <<'PYTHON'
import numpy as np
import torch
import torch.nn.functional as F

labels = torch.tensor([0, 156, 255], dtype=torch.uint8)
array = np.array([0, 156, 255], dtype=np.uint8)
print("!= -100", (labels != -100).tolist(), (array != -100).tolist())
print(">= 300", (labels >= 300).tolist(), (array >= 300).tolist())
losses = F.cross_entropy(torch.zeros(3, 256), labels, reduction="none")
print("rows", int((labels != -100).sum()), int((losses > 0).sum()))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/labels.py")
echo "$seen"
expected="!= -100 [True, False, True] [True, True, True]
>= 300 [False, True, True] [False, False, False]
rows 2 3"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
