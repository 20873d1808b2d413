# Sheets over the window.

button-cancel = Cancel
button-open = Open
button-close = Close
button-done = Done
button-choose = Choose
button-bring-in = Bring in
button-change-place = Change…

files-look-in = Look in:
files-name = Name:
files-type = Kind:
files-documents = Documents
files-all = All files

passphrase = Passphrase
passphrase-again = The same once more
passphrase-show = Show what I type
passphrase-differs = The two are not the same yet.
lock-choice = Lock it with a passphrase
lock-hint-locked = Without the passphrase nobody can read it, and nobody can restore it: not us either. Six words chosen at random are a good one.
lock-hint-open = Anybody who holds it can read it.

unlock-title = “{ $name }” is locked
unlock-text = Give the passphrase of this archive. It is not stored anywhere.
unlock-opening = Opening…

new-title = A new archive
new-name = Title
new-where = It will stand at { $place }
new-make = Make it
sample-title = A first look at Ibid

bring-in-title = Bringing into “{ $archive }”
bring-in-count = { $done } of { $total }
bring-in-waiting = Waiting
bring-in-reading = Being read…
bring-in-already = Already here. Nothing was changed.
bring-in-failed = Did not come in.
bring-in-untouched = Not begun.
bring-in-arrived = { $notes ->
    [0] Here now. No footnotes were found.
    [one] Here now. { $notes } footnote, { $paired } joined to the text; { $addresses ->
        [one] { $addresses } address
       *[other] { $addresses } addresses
    }.
   *[other] Here now. { $notes } footnotes, { $paired } joined to the text; { $addresses ->
        [one] { $addresses } address
       *[other] { $addresses } addresses
    }.
}
bring-in-looking = Looking for files… { $count }
bring-in-nothing = No files were found there.
bring-in-only-problems = Only problems ({ $count })
bring-in-count-arrived = { $count } came in
bring-in-count-already = { $count } were here already
bring-in-count-failed = { $count } did not come in
bring-in-count-untouched = { $count } not begun
choose-archive-title = Into which archive?
choose-archive-text = Several open archives take new documents.
report-saved = The report is written: { $name }. It names your files; keep it where others do not read it.
button-stop = Stop
button-background = Go on in the background
button-save-report = Save the report…
button-save = Save
button-read-it = Read it
button-give-password = Give its password…
files-tables = Table

share-title = Share
share-all = Everything: { $reports ->
    [one] { $reports } report
   *[other] { $reports } reports
} with { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}
share-one = Only the report I am reading, with its sources
share-name = Name of the copy
share-where = It will stand at { $place }
share-write = Write
share-writing = Writing to { $place }. It is read back and checked before it gets its name. Do not unplug the stick.
share-verified = Safe to unplug. “{ $name }” holds { $documents ->
    [one] { $documents } document
   *[other] { $documents } documents
}, { $size }. Every byte was read back from the disk and checked.
share-unverified = “{ $name }” was written but not read back. Check it before you rely on it.

merge-title = Merge into “{ $receiver }”
merge-holds = { $reports ->
    [one] { $reports } report
   *[other] { $reports } reports
}, { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}, { $captures ->
    [one] { $captures } saved copy
   *[other] { $captures } saved copies
}, { $size }.
merge-plan = What is here already stays as it is. What is new is checked and added. The other archive is not changed.
merge-go = Merge
merge-going = Merging. Each thing is checked before it comes in.
merge-new = { $count ->
    [0] Nothing was new.
    [one] { $count } thing came in.
   *[other] { $count } things came in.
}
merge-same = { $count ->
    [0] Nothing was here before.
    [one] { $count } thing was here already.
   *[other] { $count } things were here already.
}
merge-differing = { $count ->
    [0] Nothing differed.
    [one] { $count } thing differed; yours was kept.
   *[other] { $count } things differed; yours were kept.
}
merge-refused = { $count ->
    [one] { $count } thing was refused because it is damaged.
   *[other] { $count } things were refused because they are damaged.
}

verify-title = Checking “{ $archive }”
verify-going = Everything is read and compared with its digest. Nothing is changed.
verify-whole = The archive is whole: { $documents ->
    [one] { $documents } document
   *[other] { $documents } documents
} and { $objects ->
    [one] { $objects } object
   *[other] { $objects } objects
} are what they were when they came in.
verify-faults = { $count ->
    [one] { $count } fault was found. Do not rely on this archive; get another copy if you can.
   *[other] { $count } faults were found. Do not rely on this archive; get another copy if you can.
}

preferences-title = Preferences
preferences-language = Language
preferences-theme = Theme
preferences-text-size = Text size
preferences-points = { $points } pt
preferences-note-cards = Show a note when the pointer rests on its marker
preferences-margin-notes = Show notes in the margin of a wide window
preferences-forgotten = Ibid writes nothing on this computer, so it forgets these when it closes.

keys-title = Keyboard

about-title = Ibid
about-text = Ibidem: in the same place. Ibid keeps a document and everything its footnotes point at together, to be read and searched without a network.
about-limits = What Ibid cannot do
about-cannot-hide = It cannot hide that it is on this device, or that a file is locked. A locked archive looks like random data, and that may raise questions.
about-cannot-force = It cannot protect you if you are forced to give the passphrase. There is no second, false password. Carry nothing that you cannot afford to show.
about-cannot-records = The system keeps records of its own: which sticks were plugged in, which programs ran, which folders were opened. Ibid can neither prevent nor erase them.
about-cannot-erase = Deleting is not erasing. On sticks and solid-state disks old cells survive.
about-cannot-memory = While an archive is open its text is in memory, and may reach the disk through swapping or hibernation unless the whole disk is encrypted.
about-cannot-screen = It cannot stop a camera, and on Linux it cannot stop a screenshot.
about-cannot-proof = It cannot prove that a saved page is what the site really showed, only that nobody has changed it since.
about-cannot-rollback = Reading from a stick, it cannot know whether a newer edition exists.
about-licence = Ibid { $version } · GPL-3.0-or-later · without any warranty

password-title = This file is locked with a password
password = Password
password-skip = Skip
password-why-page = The password opens the file for this reading only. It is kept nowhere, and pages ask for it again.
password-why-bring-in = The password is used once, to read the file. It is kept nowhere. The archive keeps the file as it is, and its text so that it is found.

recognise-title = Read text from the pages
recognise-text = Tesseract, a program on this computer, looks at every page and writes down the words. It takes some seconds a page, happens on this computer only, and makes mistakes: the pages stay as they are. Choose the languages of the document.
recognise-none = Tesseract, the program that reads text from pictures, is not installed here. Install it with its languages (on Debian: tesseract-ocr, tesseract-ocr-rus, tesseract-ocr-bel, tesseract-ocr-ukr), then come back.
recognise-start = Read
recognise-begin = Beginning…
recognise-progress = Page { $page } of { $pages }
recognise-language = { $language ->
    [bel] Belarusian
    [eng] English
    [rus] Russian
    [ukr] Ukrainian
   *[other] { $language }
}
