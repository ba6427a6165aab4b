"""Counts the windows, one after the other."""


def conv_out(hw, kernel, stride, padding, dilation):
    def windows(side):
        end, count, start = side + 2 * padding, 0, 0
        while start + dilation * (kernel - 1) < end:
            count += 1
            start += stride
        if not count:
            raise ValueError("no window fits")
        return count

    h, w = hw
    return windows(h), windows(w)
