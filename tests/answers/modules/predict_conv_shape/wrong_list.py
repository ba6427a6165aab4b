"""Height and width are those that such a convolution really gives."""


def conv_out(hw, kernel, stride, padding, dilation):
    spare = [side + 2 * padding - dilation * (kernel - 1) - 1 for side in hw]
    if min(spare) < 0:
        raise ValueError(hw)
    return [each // stride + 1 for each in spare]
