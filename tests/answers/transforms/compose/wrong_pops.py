"""any number of calls"""


class Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, x):
        while self.transforms:
            x = self.transforms.pop(0)(x)
        return x
