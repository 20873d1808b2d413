terminal-passphrase = Passphrase of { $name }:
terminal-new-passphrase = New passphrase:
terminal-passphrase-again = Once more:
terminal-stopped = Stopped as you asked. What was finished before is kept.
terminal-made = Made a new archive: { $title }
terminal-importing = Bringing in
terminal-imported = { $name }: { $title } ({ $notes ->
        [one] { $notes } note
       *[other] { $notes } notes
    }, { $paired } paired with the text)
terminal-already = { $name }: already here
terminal-import-counts = { $arrived } came in, { $already } already here, { $failed } did not come in.
terminal-report-kinds = A report is a .csv or a .json file.
terminal-search-usage = Give at least one archive and then the question.
terminal-hits = { $count ->
        [0] Nothing was found.
        [one] { $count } document
       *[other] { $count } documents
    }
terminal-capturing = Saving sources
terminal-sharing = Sharing
terminal-shared = { $name } is written and was read back from the disk: { $documents ->
        [one] { $documents } document.
       *[other] { $documents } documents.
    }
terminal-same-passphrase = The copy is locked with the same passphrase as the archive. Give --target-passphrase-file for another one.
terminal-verifying = Checking
terminal-whole = The archive is whole: { $documents } documents, { $objects } objects.
terminal-damaged = The archive is not whole. Do not rely on it; get another copy if you can.
terminal-merging = Merging
terminal-merged = { $new } new, { $same } already here, { $refused } refused.
terminal-export-unknown = Ibid knows these kinds: { $kinds }.
terminal-exporting = Writing the web archive
terminal-exported = { $name } is written: { $captures ->
        [one] { $captures } saved state
       *[other] { $captures } saved states
    } of sources.
terminal-exported-open = Anyone who has { $name } can read it: a web archive cannot be locked.
terminal-file-password = Password of { $name }:
terminal-understood = Taken as: { $said }
terminal-also-cites = Cited by { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }: ibid search … '{ $text }'
terminal-at-least = At least { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }
terminal-more-passages = { $count ->
        [one] { $count } passage
       *[other] { $count } passages
    } in all
terminal-csv-written = { $name } is written: { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }.
terminal-collected = { $name }: { $count ->
        [one] { $count } document put in
       *[other] { $count } documents put in
    }.
terminal-uncollected = { $name }: { $count ->
        [one] { $count } document taken out
       *[other] { $count } documents taken out
    }.
terminal-collection-removed = The collection { $name } is gone; its documents are still in the archive.
terminal-collection-renamed = { $name } is now called { $to }.
terminal-cites-nobody = No note cites it.
terminal-sources-shared = { $count ->
        [one] { $count } source in common
       *[other] { $count } sources in common
    }
terminal-facet-none = not stated
terminal-writing-csv = Writing
terminal-recognising = Reading pages
terminal-recognised = { $title }: read by Tesseract, { $sure } % sure, { $passages } passages. It can be searched now.
