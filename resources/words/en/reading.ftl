# The reading view, the note card and the source pane.

reading-text = Text of the document
reading-page = Pages of the document
reading-notes = Notes
reading-find = Find in this document
reading-found = { $current ->
    [0] { $count } found
   *[other] { $current } of { $count }
}
reading-found-nothing = Not found in this document
reading-next = Next
reading-previous = Previous
reading-close = Close
reading-copy = Copy
reading-select-all = Select all
reading-open-source = Open source
reading-go-to-note = Go to note
reading-repeats = Repeats note { $note }
reading-repeats-through = Repeats note { $note }, by way of { $through }
reading-also-in = Also in the archive: { $languages }
reading-also-elsewhere = Elsewhere: { $languages }
reading-state-saved = Saved
reading-state-partial = Partly saved
reading-state-waiting = Not saved yet
reading-state-gone = Gone
reading-state-refused = Refused
reading-state-failed = Could not be saved
reading-state-no-address = No address
reading-state-on = { $state } { $date }

source-pane-nothing = Rest on a note and open its source: it appears here, beside the text.
source-pane-close = Close the source
source-pane-attach = Attach a file…
source-pane-compare = Compare with the state of { $date }
source-pane-saved-as-text = Saved { $date } · as text
source-pane-partly-saved-as-text = Partly saved { $date } · as text
source-pane-address = Address of the source
source-pane-cited-by = { $count ->
    [one] Cited by { $count } report
   *[other] Cited by { $count } reports
}
source-pane-at-note = { $title }, note { $label }
source-pane-captures = { $count ->
    [one] { $count } saved copy
   *[other] { $count } saved copies
}
source-pane-quote-found = The quoted words are marked.
source-pane-quote-title = The saved page has the title that the note names.
source-pane-quote-nearly = The quoted words stand in the saved text nearly as the note has them.
source-pane-quote-missing = The quoted words were not found in the saved text.
source-pane-empty = Saved, but the page holds no text that Ibid could read.
source-pane-waiting = Not saved yet.
    The report cites this source, but nobody has saved it into this archive.
source-pane-gone = This source is gone.
    When it was asked for, the page no longer existed.
source-pane-refused = This source was not saved.
    The site, or Ibid itself, refused.
source-pane-failed = This source could not be saved.
    The site did not answer, or its answer could not be kept.
source-pane-no-address = This note gives no address.
    There is nothing to save; the note itself is all there is.
source-pane-partial-empty = Only a part could be saved, and it holds no text.
source-pane-what-to-do-save = An archivist with a connection can save it with:
source-pane-what-to-do-again = An archivist with a connection can try again with:
source-pane-verdict-complete = complete
source-pane-verdict-partial = in part
source-pane-verdict-error-page = an error page
source-pane-verdict-cookie-wall = a cookie wall
source-pane-verdict-login = a login page
source-pane-verdict-paywall = behind payment
source-pane-verdict-block-page = a block page
source-pane-verdict-captcha = a check for robots
source-pane-verdict-parked = a parked domain
source-pane-verdict-empty-page = an empty page
source-pane-verdict-unreadable = unreadable

reading-without-text = This file is pictures of pages without text, so it cannot be searched.
reading-recognise = Read the text…
reading-recognised = Read from pictures by { $engine } ({ $languages }), { $sure } % sure: words may be wrong.
