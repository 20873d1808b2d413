# What a person should know about a file that came in all the same. $detail is short plain text.

problem-encoding-unsure = The file does not say in which encoding its letters are. They were read as { $detail }; if words look wrong, save the file as UTF-8 and bring it in again.
problem-no-text-layer = The pages are pictures: no text can be found in them ({ $detail }). The document can be looked at, but not searched or quoted.
problem-page-without-text = These pages hold no text, only pictures or nothing: { $detail }. What stands on them cannot be searched.
problem-page-unreadable = Page { $detail } is damaged and could not be read. The other pages came in.
problem-pages-left-out = The file has more pages than Ibid reads from one file. The first { $detail } came in.
problem-text-layer-mended = The text under the pages was stored as accented Latin letters. It was read as Cyrillic ({ $detail }), as it looks on the page.
problem-deletions-left-out = Words that were struck out under tracked changes were left out, and words that were added were kept ({ $detail } places).
problem-comments-left-out = Comments in the margin were left out ({ $detail }); they are not part of the text.
problem-read-from-zip = The file was packed. The only document in it was brought in: { $detail }.
problem-parts-unreadable = Parts of the file are damaged or missing and could not be read ({ $detail }). The rest came in.
