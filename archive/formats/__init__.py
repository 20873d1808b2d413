"""Bytes of one file in, a Reading out; every parser of foreign bytes lives here and runs in a reader process."""
