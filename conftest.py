"""Makes a clone of the suite a place where pytest judges katas."""

pytest_plugins = ["torchkata.practice.plugin"]
