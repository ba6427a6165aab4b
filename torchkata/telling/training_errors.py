"""What errors of autograd, modules, losses and loaders usually mean.

For a group of kinds of exceptions: the start of the message as a pattern, and the sentence.
"""

_AUTOGRAD = {
    r"a leaf Variable that requires grad is being used in an in-place operation": (
        "Autograd can't record a write to a leaf that requires grad. Make a new tensor, or, if the "
        "write is to be no part of the graph, don't have it recorded."
    ),
    r"a view of a leaf Variable that requires grad is being used in an in-place operation": (
        "Autograd can't record a write to a part of a leaf that requires grad. Write to a clone(), "
        "or, if it is to be no part of the graph, don't have it recorded."
    ),
    r"one of the variables needed for gradient computation has been modified by an inplace": (
        "A value that backward needs was overwritten after it was used. Look for a name ending "
        "in _, an operator like +=, or an assignment to an index."
    ),
    r"Trying to backward through the graph a second time": (
        "An earlier backward() or grad() freed this graph. Do two losses share a part of it, or "
        "does a value carry it over from an earlier step?"
    ),
    r"element \d+ of tensors does not require grad and does not have a grad_fn": (
        "What the gradient is asked of has no graph. No input required grad, or the graph was cut "
        "(detach(), no_grad()) or never made (create_graph)."
    ),
    r"grad can be implicitly created only for scalar outputs": (
        "A gradient can start by itself only at a single number. Reduce the output to one, or "
        "pass the gradient to start from."
    ),
    r"Mismatch in shape: grad_output\[\d+\] has a shape of torch\.Size\((.*?)\) and output\[\d+\] "
    r"has a shape of torch\.Size\((.*?)\)": (
        "The gradient to start from must have the shape of the output: it is {0}, and the output "
        "is {1}."
    ),
    r"(?:One of the differentiated Tensors|The differentiated Tensor at index \d+) appears to not "
    r"have been used in the graph": (
        "The output doesn't depend on a tensor that you differentiate by. Was a copy of it used, "
        "or the graph cut with detach() or .data?"
    ),
    r"One of the differentiated Tensors does not require grad": (
        "A tensor that you differentiate by doesn't require grad. It has to before the output is "
        "computed from it."
    ),
    r"attempting to assign a gradient (?:of size|with dtype|with device type)|"
    r"assigned grad has data of a different": (
        "A .grad must have the shape, the dtype and the device of its tensor. Compare the two."
    ),
    r"you can only change requires_grad flags of leaf variables": (
        "This tensor was computed from one that requires grad, so it does too. detach() gives one "
        "that is outside the graph."
    ),
    r"Can't call numpy\(\) on Tensor that requires grad": (
        "Autograd can't follow what numpy does. Stay in torch if a gradient has to flow through "
        "here; otherwise detach() first."
    ),
    r"Only Tensors created explicitly by the user \(graph leaves\) support the deepcopy": (
        "deepcopy copies no tensor that has a graph. clone() keeps the graph, detach() leaves it."
    ),
    r"Output \d+ of (?!BackwardHookFunction)\w+ is a view and is being modified inplace\. "
    r"This view is the output of a function that returns multiple views": (
        "chunk, split, unbind and their like give several views at once, and autograd lets none "
        "be changed in place."
    ),
    r"Output \d+ of BackwardHookFunction(?:Backward)? is a view and is being modified inplace": (
        "What goes in and out of a module with a full backward hook can't be changed in place. "
        "Look for += and inplace=True."
    ),
    r"\w+\(\): functions with out=\.\.\. arguments don't support automatic differentiation": (
        "Autograd can't record an out=. Assign the result to a name instead."
    ),
    r"unsupported operation: more than one element of the written-to tensor refers to a single": (
        "The tensor written to shows one place in memory several times, as expand() does. Write "
        "to a clone() of it."
    ),
    r"unsupported operation: some elements of the input tensor and the written-to tensor": (
        "What is read and what is written overlap in memory, as x[1:] and x[:-1] do. Read from a "
        "clone()."
    ),
    r"function \w+Backward returned an incorrect number of gradients \(expected (\d+), "
    r"got (\d+)\)": (
        "backward() must return one value for each argument of forward() but ctx, None where "
        "there is no gradient: {0}, not {1}."
    ),
    r"Function \w+Backward returned an invalid gradient at index \d+ - got (\[.*?\]) but expected "
    r"shape compatible with (\[.*?\])": (
        "A gradient that backward() returns must have the shape of its argument of forward(): "
        "{1}, not {0}."
    ),
    r"function \w+ returned a gradient different than None at position (\d+), but": (
        "Argument {0} of forward() (ctx isn't counted) is no tensor, so backward() must return "
        "None for it."
    ),
    r"expected Variable or None \(got (\w+)\)": (
        "A custom backward() returned a value of type {0}. For each argument it must return a "
        "tensor or None."
    ),
    r"hook '.*' has changed the (size|type) of value": (
        "A hook may return another gradient, but of the same shape, dtype and device."
    ),
    r"Backward hook returned an invalid number of grad_input, got (\d+), but expected (\d+)": (
        "A full backward hook that returns something must return a gradient for each input of "
        "the module: {1}, not {0}."
    ),
    r"cannot register a hook on a tensor that doesn't require gradient": (
        "A hook runs when its tensor's gradient is there, and this tensor gets none. It must "
        "require grad first."
    ),
    r"vmap: It looks like you're (?:calling \.item\(\)|attempting to use a Tensor in some data-)": (
        "Under vmap a tensor stands for a whole batch, so it has no one value for item(), float() "
        "or if. torch.where picks for each."
    ),
    r"save_for_backward can only save variables, but argument \d+ is of type (\w+)": (
        "ctx.save_for_backward takes tensors, each an argument of its own, not {0}. Other values "
        "can be attributes of ctx."
    ),
    r"expected Variable, but hook returned '(\w+)'": (
        "A hook on a tensor returns another gradient or None, not {0}."
    ),
    r"You must implement either the backward or vjp method for your custom autograd\.Function": (
        "The Function has no backward(). Look at how it is spelled and indented."
    ),
}

_MODULES = {
    r"Given (?:groups|transposed)=\d+, weight of size .*, expected input(\[.*?\]) to have (\d+) "
    r"channels, but got (\d+) channels": (
        "The layer takes {1} channels, and the input of shape {0} has {2}. Channels come "
        "right after the batch."
    ),
    r"Expected \dD \(unbatched\) or \dD \(batched\) input to conv\w+, but got input "
    r"of size: (\[.*?\])": (
        "A convolution takes (batch, channels, sizes), or that without the batch, not {0}. A grey "
        "image has channels too: one."
    ),
    r"Calculated padded input size per channel: .* Kernel size can't be greater|"
    r"Given input size: .* Output size is too small": (
        "The input is smaller than the kernel. Earlier layers may have made it small: print its "
        "shape."
    ),
    r"Given normalized_shape=(\[.*?\]), expected input with shape \[.*?\], but got input of "
    r"size(\[.*?\])": (
        "The normalized_shape of LayerNorm, {0}, must be the last sizes of the input, which is {1}."
    ),
    r"(?:running_mean|running_var|weight|bias) should contain \d+ elements not \d+": (
        "The layer normalizes another number of channels than the input has. Channels come after "
        "the batch: print the shape."
    ),
    r"expected (\dD(?: or \dD)?) input \(got (\dD) input\)": (
        "The layer takes {0} input, and this is {1}. Print the shape; the digit in a layer's name "
        "counts the dimensions after the channels."
    ),
    r"Expected more than 1 value per channel when training": (
        "In training mode a batch norm needs several values of each channel, and this batch has "
        "one. In eval mode it doesn't."
    ),
    r"cannot assign (?:module|parameters|buffer) before Module\.__init__\(\) call": (
        "The __init__ of a module must call super().__init__() before it sets layers, parameters "
        "or buffers."
    ),
    r"cannot assign '.+?' as parameter '(\w+)' \(torch\.nn\.Parameter or None expected\)": (
        "{0} is a parameter of the module and stays one. Assign an nn.Parameter, or write the "
        "values into the one that is there."
    ),
    r"Module \[(\w+)\] is missing the required \"forward\" function": (
        "{0} has no method forward(). Look at how it is spelled and indented."
    ),
    r"optimizer got an empty parameter list": (
        "The optimizer was given no parameters. A module doesn't find those of layers in a plain "
        "list or dict; in nn.ModuleList it does."
    ),
    r"can't optimize a non-leaf Tensor": (
        "An optimizer changes leaves, and this tensor was computed from others. Make it a leaf "
        "that requires grad, or an nn.Parameter."
    ),
    r"params argument given to the optimizer should be an iterable of Tensors or dicts": (
        "An optimizer takes a list of tensors, even if it is one, or a module's parameters()."
    ),
    r"Error\(s\) in loading state_dict for \w+:\n\t(?:Missing key|Unexpected key|size mismatch)": (
        "What was saved doesn't fit this module. A key is a path of attribute names: compare the "
        "keys and shapes with its state_dict()."
    ),
}

_LOSSES = {
    r"Target (-?\d+) is out of bounds": (
        "{0} is no class: labels run from 0 to one less than the number of classes, which is the "
        "size of the scores after the batch."
    ),
    r"0D or 1D target tensor expected, multi-target not supported": (
        "Class labels are one integer for each example, of shape (batch,). Probabilities as "
        "targets have the shape of the scores."
    ),
    r"Expected floating point type for target with class probabilities, got (\w+)": (
        "A target of the shape of the scores is read as probabilities, which are floats, not "
        "{0}. Labels have the shape (batch,)."
    ),
    r"Expected input batch_size \((\d+)\) to match target batch_size \((\d+)\)": (
        "There are scores for {0} examples and labels for {1}. Look for a reshape that took "
        "other dimensions into the batch."
    ),
    r"Using a target size \(.*?\) that is different to the input size|"
    r"Target size \(.*?\) must be the same as input size": (
        "This loss compares element by element, so both shapes must be equal. Often one has a "
        "dimension of size 1 more."
    ),
    r"all elements of input should be between 0 and 1": (
        "A binary cross entropy takes probabilities, and a value here is below 0, above 1 or "
        "NaN. Are these scores before a sigmoid?"
    ),
}

_DATA = {
    r"default_collate: batch must contain tensors, .*; found (?:<class ')?([^']+)": (
        "A DataLoader joins tensors, arrays, numbers and text, and dicts and lists of them, not "
        "{0}. Look at what __getitem__ returns."
    ),
    r"Size mismatch between tensors$": (
        "The tensors of a TensorDataset must hold one example for each position, so their sizes "
        "in dim 0 must be equal."
    ),
    r"num_samples should be a positive integer value, but got num_samples=0": (
        "There is nothing to draw from. Does the dataset's __len__ give 0?"
    ),
}

SENTENCES: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("RuntimeError", "TypeError", "NotImplementedError"), _AUTOGRAD),
    (
        ("RuntimeError", "ValueError", "TypeError", "AttributeError", "NotImplementedError"),
        _MODULES,
    ),
    (("RuntimeError", "ValueError", "IndexError"), _LOSSES),
    (("RuntimeError", "ValueError", "TypeError", "AssertionError"), _DATA),
)
