"""Volumes on disk: keys, tables, objects. With search, the only room that knows SQL."""
