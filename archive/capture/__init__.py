"""The only room that goes outside: what may be fetched, how, and what came of it."""
