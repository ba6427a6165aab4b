"""The command `kata watch`: a process that is ready before a file is saved."""
