"""The first transform is called first"""


class Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, x):
        results = []
        for t in self.transforms:
            x = t(x)
            results.append(x)
        return results[-1:]
