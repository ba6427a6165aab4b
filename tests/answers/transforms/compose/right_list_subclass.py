"""A list that can be called."""


class Compose(list):
    def __init__(self, transforms):
        super().__init__(transforms)

    def __call__(self, x):
        for f in self:
            x = f(x)
        return x
