"""A learner's run: pytest's files and items, progress, and the suite's check of itself."""
