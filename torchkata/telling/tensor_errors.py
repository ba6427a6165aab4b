"""What errors about tensors usually mean: their shapes, indices, dtypes, devices and values.

For a group of kinds of exceptions: the start of the message as a pattern, and the sentence.
"""

_SHAPES = {
    r"The size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton": (
        "These shapes don't broadcast. Lined up from the right, two sizes must be equal or one of "
        "them 1: here {0} meets {1}."
    ),
    r"output with shape (\[.*?\]) doesn't match the broadcast shape (\[.*?\])": (
        "A tensor that is written in place keeps its shape, {0}, and the result would be {1}. "
        "Check the shapes, or make a new tensor."
    ),
    r"The expanded size of the tensor .*  Target sizes: (\[.*?\])\.  Tensor sizes: (\[.*?\])": (
        "A tensor of shape {1} can't be expanded to {0}: lined up from the right, each of its "
        "sizes must be 1 or the new one."
    ),
    r"expand\(.*: the number of sizes provided \((\d+)\) must be greater or equal to the number "
    r"of dimensions in the tensor \((\d+)\)": (
        "Expanding a tensor can't remove dimensions: it has {1}, and {0} would be left. Check the "
        "shape of what you expand or assign."
    ),
    r"shape mismatch: value tensor of shape (\[.*?\]) cannot be broadcast to indexing result of "
    r"shape (\[.*?\])": (
        "The index picks places of shape {1}, and the value assigned has shape {0}: it must have "
        "that shape or broadcast to it."
    ),
    r"shape mismatch: indexing tensors could not be broadcast together with shapes (.+)": (
        "Index tensors used together are paired element by element, so their shapes must "
        "broadcast: these are {0}."
    ),
    r"The shape of the mask (\[.*?\]) at index \d+ does not match the shape of the indexed tensor "
    r"(\[.*?\])": (
        "A mask must have the sizes of the dimensions that it indexes. Compare the mask's shape, "
        "{0}, with the tensor's, {1}."
    ),
    r"(?:(?:add)?mm: )?mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)": (
        "The columns of the first matrix, {1}, must be as many as the rows of the second, {2}. "
        "In nn.Linear these rows are the in_features."
    ),
    r"size mismatch, got input \(\d+\), mat \(\d+x(\d+)\), vec \((?!\1\))(\d+)\)": (
        "A matrix times a vector needs a column for each element. Columns: {0}; elements: {1}."
    ),
    r"inconsistent tensor size, expected tensor \[(\d+)\] and src \[(\d+)\] to have the same": (
        "A dot product takes two vectors of one length; these have {0} and {1} elements."
    ),
    r"1D tensors expected, but got (\d+)D and (\d+)D tensors": (
        "A dot product takes two 1-D tensors, and these are {0}-D and {1}-D. matmul (@) takes "
        "matrices too."
    ),
    r"both arguments to matmul need to be at least 1D": (
        "matmul (@) takes no 0-dim tensors. To scale by a number, use *; otherwise look for a "
        "reduction that removed a dimension."
    ),
    r"(?:(?:add)?mm: )?(?:self|mat1|mat2) must be a matrix": (
        "This product takes two matrices, that is 2-D tensors. matmul (@) takes vectors and "
        "batches of matrices too."
    ),
    r"batch[12] must be a 3D tensor": (
        "This product takes two batches of matrices, that is 3-D tensors. matmul (@) takes "
        "vectors and single matrices too."
    ),
    r"Expected size for first two dimensions of batch2 tensor to be: (\[.*?\]) but got: "
    r"(\[.*?\])": (
        "In a batched product the second tensor needs the first's batch size, and a row for each "
        "of its columns: {0}, not {1}."
    ),
    r"einsum\(\): subscript (\w) has size (\d+) for operand \d+ which does not broadcast with "
    r"previously seen size (\d+)": (
        "In einsum a letter stands for one size, and {0} is {2} in one operand and {1} in "
        "another. Check the letters and the shapes."
    ),
    r"einsum\(\): the number of subscripts in the equation \((\d+)\) does not match the number of "
    r"dimensions \((\d+)\) for operand (\d+)": (
        "In einsum each dimension has a letter. The letters of operand {2} (counted from 0): {0}; "
        "its dimensions: {1}."
    ),
    r"Sizes of tensors must match except in dimension (\d+)\. Expected size (\d+) but got size "
    r"(\d+) for tensor number (\d+)": (
        "Tensors joined along dim {0} must agree in every other size: tensor {3} (counted from 0) "
        "has {2} where {1} is expected."
    ),
    r"Tensors must have same number of dimensions: got (\d+) and (\d+)": (
        "Tensors to join must have the same number of dimensions; these have {0} and {1}. cat "
        "joins along a dimension that is there, stack along a new one."
    ),
    r"zero-dimensional tensor \(at position \d+\) cannot be concatenated": (
        "A 0-dim tensor has no dimension to join along. cat joins along a dimension that is "
        "there, stack along a new one."
    ),
    r"torch\.cat\(\): expected a non-empty list|[hvd]?stack expects a non-empty TensorList": (
        "The list of tensors is empty. Look at the loop that fills it."
    ),
    r"stack expects each tensor to be equal size, but got (\[.*?\]) at entry (\d+) and (\[.*?\]) "
    r"at entry (\d+)": (
        "Tensors to stack, as a DataLoader does to make a batch, must have one shape: entry {1} "
        "is {0}, entry {3} is {2}."
    ),
    r"view size is not compatible with input tensor's size and stride": (
        "A view can't move elements, and this one would have to: they lie in another order, as "
        "after transpose() or expand(). reshape() copies then."
    ),
    r"shape '(\[.*?\])' is invalid for input of size (\d+)": (
        "view and reshape keep the number of elements, and shape {0} can't hold exactly {1}. "
        "Print the shape of the input."
    ),
    r"cannot reshape tensor of 0 elements into shape (\[.*?\]) because the unspecified dimension": (
        "A tensor without elements, as an empty batch is, can't tell what the -1 in {0} stands "
        "for. Write the size there, or use flatten()."
    ),
}

_INDEXING = {
    r"index (-?\d+) is out of bounds for dimension (\d+) with size (\d+)": (
        "Dimension {1} has size {2}: positions start at 0 and end before {2}. gather and scatter "
        "take no negative ones."
    ),
    r"index out of range in self": (
        "An index is negative, or not less than the size of the dimension it picks from (in "
        "nn.Embedding, num_embeddings). Print its min() and max()."
    ),
    r"too many indices for tensor of dimension (\d+)": (
        "The index takes more dimensions than the tensor has, which is {0}. A mask takes as many "
        "as it has itself. Print both shapes."
    ),
    r"invalid index of a 0-dim tensor|iteration over a 0-d tensor|len\(\) of a 0-d tensor": (
        "The tensor is a single number and has no dimension. A reduction or an index may have "
        "removed one more than you meant."
    ),
    r"Dimension out of range \(expected to be in range of \[(-?\d+), (-?\d+)\], "
    r"but got (-?\d+)\)": (
        "dim={2} was asked for, and here it can be {0} to {1}. Print the shape: a reduction or "
        "an index may have removed a dimension."
    ),
    r"only integers, slices .* are valid indices \(got (\w+)\)": (
        "A value of type {0} can't be an index. A division with / gives a float, even of whole "
        "numbers; // gives an int."
    ),
    r"tensors used as indices must be long, int, byte or bool": (
        "An index tensor holds positions (int64) or is a mask (bool), and this one has another "
        "dtype."
    ),
    r"(?:torch\.)?(\w+)\(\): (?:Expected dtype int[\w/ ]+ for index|Expected a long tensor for "
    r"index|dtype of indices should be Long)": (
        "The index tensor of {0} holds positions, which are int64, and this one has another dtype."
    ),
    r"Expected tensor for argument #1 'indices' to have one of the following scalar types: "
    r"Long, Int; but got (\S+)": (
        "An embedding looks rows up by their number: its input must be int64 or int32, not {0}."
    ),
    r"Index tensor must have the same number of dimensions as (?:input|self) tensor|"
    r"torch\.take_along_dim\(\): input and indices should have the same number of dimensions": (
        "The index must have as many dimensions as the tensor it is used on. Print both shapes."
    ),
    r"Size does not match at dimension (\d+) expected index (\[.*?\]) to be no larger than self "
    r"(\[.*?\]) apart from dimension (\d+)": (
        "In gather the index can be larger than the tensor only along dim: index {1}, tensor "
        "{2}, dim={3}."
    ),
    r"Expected index (\[.*?\]) to be no larger than self (\[.*?\]) apart from dimension (\d+)": (
        "In scatter the index, {0}, must fit in the tensor, {1}, except along dim={2}; in src, "
        "if there is one, it must fit everywhere."
    ),
    r"step must be greater than zero$": (
        "A slice of a tensor can't go backwards. torch.flip reverses a dimension."
    ),
    r"only integer tensors of a single element can be converted to an index": (
        "Python needs one whole number here, as for range() or a position in a list. The tensor "
        "has more elements, or isn't of integers."
    ),
}

_DTYPES = {
    r"expected m1 and m2 to have the same dtype|mat1 and mat2 must have the same dtype|"
    r"addmv input tensors must have the same dtype|dot : expected both vectors to have same": (
        "A matrix product doesn't convert dtypes: both sides must have the same. Find where one "
        "became another, such as float64 from numpy."
    ),
    r"expected (?:scalar type|target dtype to be) ([A-Z].*?),? but (?:found|got) ([A-Z]\w+)": (
        "A tensor is {1} where {0} is needed. Class labels are integers (int64); the tensors of "
        "a product share one dtype."
    ),
    r"Found dtype (\w+) but expected (\w+)": (
        "The tensors of this operation must share one dtype, and one is {0} where another is {1}."
    ),
    r"Input type \((.+?)\) and (weight|bias) type \((.+?)\) should be the same": (
        "The input ({0}) and the {1} ({2}) must have the same dtype and device. Bring one to the "
        "other with .to()."
    ),
    r"mixed dtype \(CPU\): all inputs must share same datatype": (
        "The input and the parameters or statistics of this layer differ in dtype. Bring one to "
        "the other with .to()."
    ),
    r"result type (\w+) can't be cast to the desired output type (\w+)": (
        "An in-place operation, or out=, stores its result in the dtype of the tensor that it "
        "writes to: {0} values don't fit a {1} tensor."
    ),
    r"scatter\(\): Expected self\.dtype to be equal to src\.dtype|"
    r"Index put requires the source and destination dtypes match|"
    r"masked_scatter: expected self and source to have same dtypes|"
    r"index_copy_\(\): self and source expected to have the same dtype|"
    r"index_add_\(\): self \(\w+\) and source \(\w+\) must have the same scalar type": (
        "The values written must have the dtype of the tensor they go into. Convert one with .to()."
    ),
    r"masked_(?:fill|scatter)_ only supports boolean masks|masked_select: expected BoolTensor|"
    r"where expected condition to be a boolean tensor": (
        "A mask must be bool. A comparison gives one, and .bool() makes one of numbers that are "
        "zero or not."
    ),
    r"\"\w+\" not implemented for '(Bool|Byte|Char|Short|Int|Long|Half|BFloat16)'": (
        "torch doesn't have this operation for {0} tensors on this device. Convert the tensor "
        "first, often with .float()."
    ),
    r"(?:Negation|Subtraction), the `-` operator, (?:on|with) (?:a|two) bool tensors?": (
        "Masks have no minus. ~ inverts a mask, and ^ tells where two differ; to count with one, "
        "convert it first, often with .float()."
    ),
    r"Boolean inputs not supported for relu": (
        "relu takes numbers, not a mask. Convert it first, often with .float()."
    ),
    r"mean\(\): could not infer output dtype|std and var only support floating point|"
    r"linalg\.\w+: Expected a floating point or complex tensor": (
        "This takes floating point tensors, not integers or booleans. Convert the tensor first, "
        "often with .float()."
    ),
    r"[oO]nly Tensors of floating point (?:and complex )?dtype can require gradients": (
        "Integers and booleans have no gradient. Make the tensor of floats: write 1.0 for 1, or "
        "give dtype=."
    ),
    r"one_hot is only applicable to index tensor": (
        "F.one_hot takes class labels of dtype int64, and these have another."
    ),
    r"Class values must be (?:smaller than num_classes|non-negative)": (
        "A label is out of range: labels run from 0 to num_classes - 1."
    ),
}

_DEVICES = {
    r"Expected all tensors to be on the same device, but found at least two devices, "
    r"(\S+) and ([^!]+)!": (
        "One tensor is on {0}, another on {1}. A tensor made without device= is on the CPU: make "
        "it on the device of the input."
    ),
    r"Expected all tensors to be on the same device, but got (\w+) is on (\S+), different from "
    r"other tensors on (\S+)": (
        "The argument {0} is on {1}, and other tensors on {2}. A tensor made without device= is "
        "on the CPU: make it on the device of the input."
    ),
    r"indices should be either on \S+ or on the same device as the indexed tensor \((.+?)\)": (
        "The index is on another device than the tensor it is used on, which is on {0}."
    ),
    r"expected self and mask to be on the same device|"
    r"masked_fill_: Expected inputs to be on same device": (
        "The tensors given to masked_fill are on different devices. Make the mask and the value "
        "on the device of the tensor."
    ),
    r"(?:Function \w+ returned an )?invalid gradient at index \d+ - expected device (\S+) but got "
    r"(\S+)": (
        "A gradient is on {1}, and the tensor it belongs to on {0}. Make a gradient on the "
        "device of its tensor."
    ),
    r"Input and parameter tensors are not at the same device, found input tensor at (\S+) and "
    r"parameter tensor at (\S+)": (
        "The input is on {0} and the layer's parameters on {1}. Bring one to the other with .to()."
    ),
    r"can't convert (\S+) device type tensor to numpy": (
        "numpy reads only CPU memory, and this tensor is on {0}. Stay in torch, or copy it with "
        ".cpu() first."
    ),
    r"Expected a '(\w+)' device type for generator but found '(\w+)'": (
        "The numbers are drawn on {0}, and the generator is on {1}. Make it with "
        "torch.Generator(device=...)."
    ),
    r"Torch not compiled with CUDA enabled|Found no NVIDIA driver|No CUDA GPUs are available": (
        "CUDA is asked for, and it isn't to be had here. Take the device of an input, not 'cuda'."
    ),
    r"You should register `PrivateUse1HooksInterface`\s?by|Need to provide pin_memory allocator": (
        "Here no tensor can be made in pinned memory, pin_memory=True needs CUDA. Make the tensor "
        "first, and then a pinned copy: x.pin_memory()."
    ),
    r"Expected one of .* device type at start of device string: (\S+)": (
        "torch knows no device {0}. Take the device of an input, such as x.device."
    ),
}

_VALUES = {
    r"a Tensor with (\d+) elements cannot be converted to Scalar|"
    r"only one element tensors can be converted to Python scalars": (
        "Only a tensor of one element can become a number: reduce or index it first. To join a "
        "list of tensors, use torch.stack."
    ),
    r"Boolean value of Tensor with more than one value is ambiguous": (
        "if, while, and, or, not and `in` need one True or False, and this tensor has several. "
        "Use & | ~ on masks, or all() or any()."
    ),
    r"can't convert np\.ndarray of type numpy\.(\w+?)_?\.": (
        "torch has no dtype for numpy's {0}. Convert the array with .astype() first; rows of "
        "different lengths or None make it one of objects."
    ),
    r"At least one stride in the given numpy array is negative": (
        "The array is a reversed view, as from [::-1] or np.flip, and a tensor can't be one. "
        "Copy it first, with .copy()."
    ),
    r"expected np\.ndarray \(got (.+)\)": (
        "torch.from_numpy takes arrays, not {0}. torch.tensor takes numbers and lists too."
    ),
    r"expected sequence of length (\d+) at dim \d+ \(got (\d+)\)": (
        "The lists inside have different lengths, {0} and {1}, and a tensor has no gaps."
    ),
    r"Could not infer dtype of (\w+)$": (
        "A tensor is made of numbers, and one of the values is of type {0}. Look at where the "
        "values come from."
    ),
    r"\w+\(\): argument 'tensors' \(position 1\) must be tuple of Tensors, not Tensor|"
    r"cat\(\) received an invalid combination of arguments - got \(Tensor, Tensor\)": (
        "The tensors to join go in one list or tuple, which is the first argument."
    ),
    r"expected Tensor as element (\d+) in argument 0, but got (\w+)": (
        "Element {0} (counted from 0) of the list is of type {1}, not a tensor."
    ),
    r"\w+\(\): argument '(\w+)' \(position \d+\) must be Tensor, not NoneType": (
        "The argument {0} is None. A function without return gives None, and .grad is None "
        "before backward()."
    ),
    r"unsupported operand type\(s\) for (\S+): (?:'(?:Tensor|Parameter|float)' and 'NoneType'|"
    r"'NoneType' and '(?:Tensor|Parameter|float)')": (
        "One side of {0} is None. If it is a .grad, no backward() has filled it; if a function "
        "gave it, a return is missing."
    ),
    r"'NoneType' object has no attribute '(?:[a-z]\w*[a-z]_|detach|requires_grad|grad_fn)'$": (
        "The value is None, not a tensor. If it is a .grad, no backward() has filled it; if a "
        "function gave it, a return is missing."
    ),
    r"'NoneType' object has no attribute 'next_functions'$": (
        "A leaf's grad_fn is None, and so is an entry of next_functions where an input needs no "
        "gradient."
    ),
}

SENTENCES: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("RuntimeError", "IndexError", "ValueError"), _SHAPES),
    (("RuntimeError", "IndexError", "ValueError", "TypeError"), _INDEXING),
    (("RuntimeError", "NotImplementedError"), _DTYPES),
    (("RuntimeError", "TypeError", "AssertionError"), _DEVICES),
    (("RuntimeError", "ValueError", "TypeError", "AttributeError"), _VALUES),
)
