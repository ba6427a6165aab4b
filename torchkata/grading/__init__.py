"""Grading: the submissions of a class judged where their code can't reach the verdict."""
