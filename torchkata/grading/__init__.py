"""Grading of a class: submissions judged where their code can't reach the verdict."""
