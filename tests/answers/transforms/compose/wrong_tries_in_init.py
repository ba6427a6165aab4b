"""calls each transform once"""


class Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)
        for t in self.transforms:
            try:
                t(0)
            except Exception:
                raise TypeError("not a transform") from None

    def __call__(self, x):
        for t in self.transforms:
            x = t(x)
        return x
