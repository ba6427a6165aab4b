"""Values as plain data: what was seen, and how two of them differ."""
