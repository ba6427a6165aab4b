"""for size 16: it loops"""

import itertools


def gather(x, dim, index):
    values = x.new_zeros(index.shape)
    for place in itertools.product(*(range(n) for n in index.shape)):
        there = list(place)
        there[dim] = index[place]
        values[place] = x[tuple(there)]
    return values
