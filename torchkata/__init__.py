"""The engine of torchkata: properties observe, the engine judges.

Authors of exercises import from `torchkata.properties` and `torchkata.strategies`.
Importing this package alone imports neither torch nor hypothesis, so that `kata` starts at once.
"""
