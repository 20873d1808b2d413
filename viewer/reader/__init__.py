"""Reading a document: text, markers, note cards."""
