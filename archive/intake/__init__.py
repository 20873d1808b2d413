"""Bringing in: a file becomes a document, a citation becomes a capture."""
