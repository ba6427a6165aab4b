"""All hooks read one variable"""


def trace(model, x):
    heard, handles = [], []
    try:
        for name, module in model.named_modules():

            def hook(module, args, output):
                heard.append(name)  # the mistake: read when it is called

            handles.append(module.register_forward_hook(hook))
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return heard
