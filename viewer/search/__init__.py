"""The line to ask in and what it answers."""
