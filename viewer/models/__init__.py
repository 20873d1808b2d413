"""Lists for Qt views."""
