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
terminal-export-not-built = Ibid cannot write { $kind } yet.
terminal-file-password = Password of { $name }:
