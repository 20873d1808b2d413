"""Giving documents to another archive, taking them, and proving that they arrived whole."""
