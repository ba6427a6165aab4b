"""What stands between a student's code and the machine."""
