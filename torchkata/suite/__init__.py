"""The files of the suite: exercises, their stubs and statements, what learners keep. No torch."""
