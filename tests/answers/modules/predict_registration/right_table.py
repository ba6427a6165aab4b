"""Three sets, one for each walk."""

PARAMETERS = """parameter frozen setattr register_parameter parameter_over_tensor
parameter_over_buffer parameter_over_not_persistent parameter_over_no_parameter layer frozen_layer
module_list parameter_list parameter_list_of_tensors""".split()
BUFFERS = """buffer nn_buffer buffer_on parameter_as_buffer tensor_over_buffer
tensor_over_no_buffer none_and_back bare_norm not_persistent""".split()
SAVED = {*PARAMETERS, *BUFFERS} - {"not_persistent"}


def registered(case: str) -> tuple[bool, bool, bool]:
    return case in PARAMETERS, case in BUFFERS, case in SAVED
