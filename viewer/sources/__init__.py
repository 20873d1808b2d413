"""The saved source beside the report."""
