"""The listening goes on though nobody keeps the handle"""

import weakref


class Listener:
    def __init__(self, t):
        self.out = []
        me = weakref.ref(self)

        def hook(g):
            if me() is not None:
                me().out.append(g.detach().clone())

        self.h = t.register_hook(hook)

    def remove(self):
        self.h.remove()


def capture(t):
    listener = Listener(t)
    return listener.out, listener
