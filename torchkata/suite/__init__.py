"""Files of the suite and of learners, without torch: exercises, stubs, statements, submissions."""
