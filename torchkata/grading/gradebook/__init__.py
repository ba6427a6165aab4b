"""What is written down, and when it is judged again."""
