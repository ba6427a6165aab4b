"""What goes in: submissions, their layouts and archives, the roster, the assignment."""
