"""A window onto the archive."""
