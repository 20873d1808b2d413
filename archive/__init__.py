"""Everything Ibid knows, with no window attached."""
