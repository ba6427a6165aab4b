"""What comes out: feedback, grades, exports, the report of the class."""
