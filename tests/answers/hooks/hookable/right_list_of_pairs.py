"""A list of cells; a handle takes its own cell out; made when it is first needed; run by reduce."""

from functools import reduce


class Handle:
    def __init__(self, cells, cell):
        self.cells, self.cell = cells, cell

    def remove(self):
        self.cells[:] = [each for each in self.cells if each is not self.cell]


class Hookable:
    @property
    def cells(self):
        return self.__dict__.setdefault("_cells", [])

    def __call__(self, x):
        out = self.forward(x)
        for (fn,) in self.cells[:]:
            new = fn(self, x, out)
            out = out if new is None else new
        return out

    def register(self, fn):
        cell = [fn]
        self.cells.append(cell)
        return Handle(self.cells, cell)


def run(layers, x):
    return reduce(lambda value, layer: layer(value), layers, x)
