# What a person should know about the notes of a document that came in all the same. { $detail } is the label, or the first words.

problem-marker-without-note = The text points to note { $detail }, but no such note was found. The text itself is complete.
problem-note-without-marker = Note { $detail } was found, but nothing in the text points to it. It is kept among the notes.
