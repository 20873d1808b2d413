# Web archives (WARC, ARC, WACZ), ZIM files, and files attached to a source.

pages-saved-in = Pages saved in { $name }

error-part-of-file = This is one of several parts of a ZIM file. The archive is unchanged. Join all parts in their order into one file that ends in .zim, and bring that in.
error-articles-wanted = A ZIM file holds many articles, and none was chosen. The archive is unchanged. See them with “ibid zim FILE”, and name those you want after --articles.
error-article-not-found = The file holds no article of this title or path. The archive is unchanged. See its articles with “ibid zim FILE --find WORDS”.
error-not-in-file = The file holds nothing that was saved from { $address }. The archive is unchanged. Check the address, or bring the whole file in.

problem-web-archive-no-pages = No saved page was found in it. Nothing was brought in.
problem-web-archive-records-damaged = Places in the file where no record could be read: { $detail }. What stands before and after them came in.
problem-web-archive-records-nameless = Records without a web address were left out: { $detail }.
problem-web-archive-records-unrepeatable = Records that only point at a page saved in another file were left out: { $detail }.
problem-web-archive-part-unreadable = A part of the file could not be read ({ $detail }). The others came in.
problem-wacz-digest-differs = A part of the file is not what its table of digests says: { $detail }. It was changed or damaged after the pages were saved.
problem-wacz-part-missing = A part that the file’s table names is missing: { $detail }.
problem-page-list-lines-unreadable = Entries of the file’s list of pages that lead to no web address: { $detail }.
problem-zim-unchecked = The file is too large to be compared with its digest ({ $detail }). Its articles can be brought in.
problem-zim-entries-damaged = Entries of the file that could not be read: { $detail }. The others can be brought in.
problem-zim-entries-unlisted = Only the first { $detail } articles are listed. Others can be named by their title.

terminal-looking-through = Looking through
terminal-page = { $state }: { $title }
terminal-page-already = already here: { $address }
terminal-pages = { $name }: { $new ->
        [one] { $new } page came in
       *[other] { $new } pages came in
    }, { $already } already here, { $failed } could not be read; { $others } other answers kept.
terminal-attached = Attached to { $address }: { $state }
terminal-articles = { $count ->
        [0] No article.
        [one] { $count } article
       *[other] { $count } articles
    }

bring-in-looking = Being looked through…
bring-in-pages = { $new ->
        [0] No new pages.
        [one] { $new } page here now.
       *[other] { $new } pages here now.
    } { $already ->
        [0] { "" }
       *[other] Already here: { $already }.
    } { $others ->
        [0] { "" }
       *[other] Pictures and other files kept: { $others }.
    }
bring-in-pages-failed = Pages that could not be read: { $count }.
bring-in-articles-chosen = Articles chosen: { $count }. They come in one after the other.

files-web-archives = Web archives

articles-title = Choose articles from “{ $name }”
articles-filter = Words of the title
articles-listing = The articles are being listed…
articles-shown = { $count ->
        [0] No article has these words in its title.
        [one] { $count } article
       *[other] { $count } articles
    }
articles-chosen = { $count ->
        [0] None chosen
       *[other] Chosen: { $count }
    }
articles-choose-all = Choose all shown
articles-choose-none = Choose none
articles-come = { $done } of { $total } here

attach-title = The file is attached
attach-choose = Attach
attach-kinds = Saved pages
attach-already = This state of the source was in the archive already. Nothing was changed.
attach-no-text = The file is kept as it is. No text could be read from it, so the source counts as partly saved.
attach-failed = The file was not attached
difference-title = What changed
difference-between = From { $older } to { $newer }
difference-count = { $count ->
        [0] The texts are the same, word for word.
        [one] { $count } place changed.
       *[other] { $count } places changed.
    }
difference-unchanged = { $count ->
        [one] { $count } passage is the same
       *[other] { $count } passages are the same
    }
difference-next = Next change
difference-previous = Previous change
web-archive-title = Write saved pages as a web archive
web-archive-text = Every saved state of every source goes into one file, with its pictures and styles. ReplayWeb.page, pywb and other programs show it; Ibid takes it in again.
web-archive-kind-wacz = WACZ (*.wacz)
web-archive-kind-warc = WARC (*.warc.gz)
web-archive-done = { $count ->
        [one] { $name } is written: { $count } saved state.
       *[other] { $name } is written: { $count } saved states.
    }
