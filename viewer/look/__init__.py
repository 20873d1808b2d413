"""How Ibid looks: themes, type, icons."""
