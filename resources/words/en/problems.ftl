# What a person should know about a file that came in all the same. $detail is short plain text.

problem-encoding-unsure = The file does not say in which encoding its letters are. They were read as { $detail }; if words look wrong, save the file as UTF-8 and bring it in again.
problem-no-text-layer = The pages are pictures: no text can be found in them ({ $detail }). The document can be looked at, but not searched or quoted.
problem-page-without-text = These pages hold no text, only pictures or nothing: { $detail }. What stands on them cannot be searched.
problem-page-unreadable = Page { $detail } is damaged and could not be read. The other pages came in.
problem-pages-left-out = The file has more pages than Ibid reads from one file. The first { $detail } came in.
problem-text-layer-mended = The text under the pages was stored as accented Latin letters. It was read as Cyrillic ({ $detail }), as it looks on the page.
