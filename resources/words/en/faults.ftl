# What a check found, one sentence per fault: what is wrong, what it means, what to do. $where is a file of the archive, $what names the thing.

fault-volume-damaged = The file { $where } is damaged and cannot be read whole. Documents in it may be lost; the other files of the archive are not affected. Get another copy of this file.
fault-volume-missing = The file { $where } is not there. The documents that stood in it are missing. Copy it again from where the archive came from.
fault-volume-changed = The file { $where } is not as it was when the archive was finished. Something in it was changed or copied badly. Do not pass this copy on; get another one.
fault-object-damaged = A saved original in { $where } is damaged ({ $what }). It will not be shown. Get this document from another copy of the archive.
fault-object-missing = The original of a document is missing from { $where } ({ $what }). Its text can still be read. Get this document from another copy of the archive.
fault-document-damaged = The text or the notes of a document in { $where } are not what was stored ({ $what }). Do not rely on it; get this document from another copy of the archive.
fault-source-damaged = What { $where } says about a source is not what was stored ({ $what }). Its state may be wrong; capture it again or use another copy of the archive.
fault-capture-damaged = A saved copy of a source in { $where } is not what was saved ({ $what }). Do not rely on it; get it from another copy of the archive.
fault-index-missing = A document in { $where } cannot be found by searching ({ $what }). It can still be opened from the list. Merging the archive into a new one makes its index again.
fault-index-outdated = The search index of { $where } was made by another version of Ibid: a search may miss documents in it. No document is lost. Where the archive can be written to, the index of its newest volume is made anew by itself while the archive is open; merging the archive into a new one does it for all.
fault-index-stray = The search index of { $where } names a document that is not there ({ $what }). No document is lost. Merging the archive into a new one makes its index again.
