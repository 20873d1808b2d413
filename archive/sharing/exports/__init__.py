"""Archives in formats of others, for people and programs without Ibid."""
