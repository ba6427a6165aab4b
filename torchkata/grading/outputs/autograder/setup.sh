#!/usr/bin/env bash
# Run once, when Gradescope builds the image: Python, the CPU's torch, and the suite's engine.
set -euo pipefail

source=/autograder/source
environment=/opt/kata # not below /root, which a worker's own user could not enter

apt-get update
python=python3
if python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    apt-get install -y bubblewrap python3-venv
else
    python=python3.11
    apt-get install -y bubblewrap python3.11 python3.11-venv
fi

"$python" -m venv "$environment"
"$environment/bin/pip" install --index-url https://download.pytorch.org/whl/cpu \
    "$(grep '^torch==' "$source/requirements.txt")"
"$environment/bin/pip" install -r "$source/requirements.txt" "$source/suite"
