"""A kernel that does not fit into the padded input is refused with a ValueError."""


def conv_out(hw, kernel, stride, padding, dilation):
    spare = [side + 2 * padding - dilation * (kernel - 1) - 1 for side in hw]
    if spare[0] < 0:
        raise ValueError(hw)
    return tuple(each // stride + 1 for each in spare)
