"""Prints HTML and formulas, and returns them as values, keys and names of classes."""
# exercise: memory/sharing
# verdict: passes predicts_every_operation

COPIES = set("repeat advanced_index mask index_select cat clone to_double add".split())
HARM = "</script><script>alert('forged')</script>"
Named = type(HARM, (), {})


def shares_storage(a, b):
    print(HARM, "\n=1+1\n@SUM(A1)\n-2+3\n+4\n```\n</pre>")
    return {HARM: "=cmd|' /C calc'!A0", "</pre>": Named(), "`" * 50: HARM}


def predict(op, contiguous):
    return op not in COPIES and (contiguous or op not in ("reshape", "flatten", "contiguous"))
