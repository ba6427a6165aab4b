"""A syntax error in a line of markup, as the verdict will quote it."""
# exercise: indexing/one_hot
# verdict: nothing

VALUE = eval("</script><script>alert('forged')</script> =1+1 |", {"__name__": "<img src=x>"})


def one_hot(labels, num_classes, dtype=None):
    return VALUE
