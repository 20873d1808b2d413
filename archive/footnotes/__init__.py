"""Pure functions from pages and blocks to passages, markers, notes and citations."""
