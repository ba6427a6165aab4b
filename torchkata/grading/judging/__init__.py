"""Judge and worker, what they say to each other, and judges side by side."""
