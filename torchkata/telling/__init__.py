"""A verdict told: in words, as data, and what errors of torch usually mean."""
