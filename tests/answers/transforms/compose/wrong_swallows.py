"""exception"""


class Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, x):
        for t in self.transforms:
            try:
                x = t(x)
            except Exception:
                continue
        return x
