"""One exercise judged: inputs, what is right, what an implementation does, a verdict."""
