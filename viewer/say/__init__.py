"""Sentences for people, from resources/words."""
