"""The main window and its zones."""
