# The window: line, library, results, strip, menu.

search-placeholder = Search everything
search-clear = Clear the question

results-name = Results
results-count = { $count ->
    [one] { $number } document
   *[other] { $number } documents
}
results-none-count = No documents
results-understood = Taken as: { $understood }
results-spellings = Also written:
results-spelling-tip = Search for this spelling too
results-none-title = Nothing here says that.
results-none-text = Try fewer words, another spelling, or the beginning of a word with an asterisk: repress*. Words in quotation marks are searched as a phrase.
hit-untitled = Without a title
hit-in-title = Report, in the title
hit-in-body = Report
hit-in-note = Report, in note { $label }
hit-in-source = { $more ->
    [0] In a saved source, cited at note { $label } of { $title }
   *[other] In a saved source, cited at note { $label } of { $title } and { $more } more
}
hit-in-uncited-source = In a saved source
hit-page = page { $page }

library-name = Library
library-reports = Reports
library-sources = Sources
language-en = English
language-ru = Russian
language-be = Belarusian
language-uk = Ukrainian
language-und = Other languages
archive-on-computer = on this computer
archive-on-stick = on a stick
archive-locked = locked
archive-open = not locked
archive-read-only = read only

home-start-title = In the same place.
home-start-text = Ibid keeps a document and everything its footnotes point at together: offline, searchable, and small enough for a USB stick.
home-open = an archive from a folder or a stick
home-new = an empty archive of your own
home-sample = a small collection to look around in
home-empty-text = This archive is empty. Bring in a report and Ibid finds its footnotes and the sources they cite. You can also drop files onto this window.
home-empty-read-only-text = This archive is empty, and it stands where nothing can be added.
home-bring-in = PDF, Word, OpenDocument, EPUB, web page, Markdown, text
home-library-title = Library
home-library-text = { $reports ->
    [one] { $reports } report
   *[other] { $reports } reports
} · { $sources ->
    [one] { $sources } source cited
   *[other] { $sources } sources cited
} · { $captures ->
    [one] { $captures } saved copy
   *[other] { $captures } saved copies
}
home-search = reports, notes and sources at once
home-share = onto a stick, checked and safe to unplug

strip-offline = Offline
strip-offline-unsealed = Offline by design; this system does not enforce it
strip-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
strip-damaged = { $count ->
    [one] { $count } volume is damaged and left out
   *[other] { $count } volumes are damaged and left out
}
strip-tasks = { $words } · { $count } tasks
task-stop = Stop
task-opening = Opening
task-sample = Building the sample
task-bringing-in = Bringing in
task-sharing = Writing a copy
task-merging = Merging
task-verifying = Checking
task-attaching = Attaching

menu-name = Menu
action-search = Search
action-contents = Contents
action-page = As its pages look
action-find = Find in this document
action-find-next = Next place
action-find-previous = Previous place
action-next-result = Next result
action-previous-result = Previous result
action-back = Back
action-forward = Forward
action-open = Open…
action-new = New archive…
action-sample = Sample
action-bring-in = Bring in…
action-bring-in-folder = Bring in a folder…
action-bring-in-list = What is being brought in
action-share = Share…
action-export = Write web archive…
action-merge = Merge from…
action-verify = Check archive
action-library = Library
action-sources = Source beside
action-next-zone = Next part of the window
action-larger = Larger text
action-smaller = Smaller text
action-usual-size = Usual text size
action-theme = Next theme
action-preferences = Preferences…
action-keys = Keyboard
action-about = About Ibid
action-lock = Lock now
action-quit = Quit
theme-light = Light
theme-sepia = Sepia
theme-dark = Dark

notice-failed = That did not work
notice-not-opened = The archive was not opened

window-no-screen = There is no screen here to show a window on. Nothing was opened. Use the verbs of the terminal (ibid --help), or ibid demo FOLDER for pictures.

task-recognising = Reading text from pages
library-without-text = no text
library-recognised = read from pictures
