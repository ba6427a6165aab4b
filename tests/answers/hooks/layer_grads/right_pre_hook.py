"""The output's gradient from a full backward pre-hook, the input's from the hook."""

from contextlib import ExitStack


class Listener:
    def __init__(self, name, into):
        self.name, self.into = name, into

    def before(self, module, grad_output):
        self.got = grad_output[0].detach().clone()

    def after(self, module, grad_input, grad_output):
        sent = grad_input[0]
        if sent is not None:
            sent = sent.detach().clone()
        self.into[self.name] = sent, self.got


def layer_grads(model, x, loss_fn):
    result = {}
    with ExitStack() as stack:
        for name, module in model.named_modules():
            if any(True for _ in module.children()):
                continue
            listener = Listener(name, result)
            stack.enter_context(module.register_full_backward_pre_hook(listener.before))
            stack.enter_context(module.register_full_backward_hook(listener.after))
        loss_fn(model(x)).backward()
    return result
