"""The nouns of Ibid: frozen values that travel between rooms and processes."""
