"""Words in, hits out: languages, index, query, snippets."""
