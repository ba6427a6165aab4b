"""Whether a file reaches for what judges it. That proves nothing: a person looks at the line.

The text is looked at as text: where it is read is trusted, so nothing of it is parsed.
"""

import re
from collections.abc import Iterator

_LONGEST_LINE = 120
_REACHES = {
    "ctypes": r"\bctypes\b|\bcffi\b",
    "torch._C": r"\b_C\b",
    "the engine": r"\btorchkata\b",
    "frames": r"_getframe|\bcurrentframe\b|\bf_(?:back|locals|globals)\b|\btb_frame\b"
    r"|\binspect\s*\.\s*(?:stack|trace|get(?:outer|inner)frames)\b|\b_current_frames\b"
    r"|\b(?:gi|cr|ag)_frame\b|__traceback__|\bexc_info\b|\blast_traceback\b|\btb_next\b",
    "the garbage collector": r"\bgc\b|\bget_referr?ents\b|\bget_referrers\b",
    "threads": r"\bthreading\b|\b_thread\b|\bThreadPoolExecutor\b",
    "tracing": r"\bsettrace\b|\bsetprofile\b|\bsys\s*\.\s*monitoring\b",
    "modes": r"\bTorch(?:Dispatch|Function)Mode\b|\b_python_dispatch\b|\btorch\.overrides\b"
    r"|\bDisableTorch\w+",
    "modules by name": r"\b__import__\b|\bimportlib\b|\bsys\s*\.\s*modules\b|\bbuiltins\b",
    "code that is made from text": r"(?<![.\w])(?:exec|eval|compile)\s*\(\s*[^\s)]|\bmarshal\b",
    # Nothing else here can see what such a name is. Those of one's own layers are often made so.
    "attributes by names that are made": r"\b__getattribute__\b"
    r"|\bgetattr\s*\((?!\s*self\b)[^,()]+,(?!\s*['\"]\w+['\"]\s*[,)])",
}
_PATTERNS = {what: re.compile(pattern) for what, pattern in _REACHES.items()}


def reaches(source: bytes, stub: str) -> Iterator[str]:
    """A sentence for each thing that a file reaches for, with the first line that does.

    What stands in the stub too was given to the student.
    """
    given = {line.strip() for line in stub.splitlines()}
    found: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(source.decode("utf-8", "replace").splitlines(), start=1):
        code = line.strip()
        if code.startswith("#") or code in given:
            continue
        for what, pattern in _PATTERNS.items():
            if what not in found and pattern.search(code):
                found[what] = number, code
    for what, (number, code) in found.items():
        shown = code if len(code) <= _LONGEST_LINE else f"{code[:_LONGEST_LINE]}…"
        yield f"Line {number} reaches for {what}: {shown}"
