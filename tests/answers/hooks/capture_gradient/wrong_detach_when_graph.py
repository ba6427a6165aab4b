"""With create_graph=True"""


def capture(t):
    out = []
    return out, t.register_hook(lambda g: out.append(g.detach() if g.requires_grad else g.clone()))
