"""Without transforms it returns the object that it is given."""


class Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, x):
        import copy

        x = copy.deepcopy(x)
        for t in self.transforms:
            x = t(x)
        return x
