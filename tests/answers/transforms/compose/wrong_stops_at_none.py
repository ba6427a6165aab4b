"""None, 0 and an empty list are handed on"""


class Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, x):
        for t in self.transforms:
            y = t(x)
            if y is None:
                return x
            x = y
        return x
