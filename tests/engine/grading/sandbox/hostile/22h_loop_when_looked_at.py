"""Returns an object that loops without an end as soon as anybody asks it anything."""
# exercise: indexing/one_hot
# verdict: nothing
# slow


def forever(*_, **__):
    while True:
        pass


NAMES = "eq ne len iter hash repr str bool getattr getattribute class_getitem reduce_ex".split()
Slow = type("Slow", (), {f"__{name}__": forever for name in NAMES})


def one_hot(labels, num_classes, dtype=None):
    return {"rows": [Slow()]}
