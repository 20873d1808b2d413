"""Questions to the person, each in its own sheet."""
