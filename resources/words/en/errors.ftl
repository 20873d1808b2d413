# What happened. What it means for the archive. What to do.

error-empty-file = The file is empty. The archive is unchanged. Check that it was copied to the end.
error-unknown-format = { $looks_like ->
        [old-word] This is a Word file in the format that Word used until 2007 (.doc), which Ibid does not read. The archive is unchanged. Open it in Word or LibreOffice, save it as DOCX or ODT, and bring that in.
       *[other] This file is not a document that Ibid can read (it looks like: { $looks_like }). The archive is unchanged. Bring in a PDF, a Word, OpenDocument or RTF file, an EPUB, a web page, Markdown or plain text.
    }
error-damaged-file = The file is damaged and cannot be read to the end ({ $format }). The archive is unchanged. Get another copy of it.
error-password-wanted = { $format ->
    [pdf] The file is locked with a password by whoever made it. The archive is unchanged. Give the password and bring it in again.
    [zip] The file is locked with a password by whoever made it. The archive is unchanged. Give the password and bring it in again.
    [epub] The seller of this book has locked it (DRM), so that only the reader that the seller names opens it; Ibid cannot. Nothing is wrong with the file. The archive is unchanged. Ask the publisher for a copy without the lock and bring that in.
   *[other] The file is locked with a password by whoever made it ({ $format }), in a way that Ibid cannot undo. The archive is unchanged. Save a copy without the password and bring that in.
}
error-password-wrong = This password does not open the file. Nothing has changed; try again.
error-file-too-large = The file is too large: { $size_bytes } bytes, and the limit is { $limit_bytes }. The archive is unchanged. Split the file or bring in its text.
error-several-documents = The file holds { $count } documents packed together, and Ibid reads one at a time. The archive is unchanged. Unpack it and bring in the documents inside.
error-unreadable-file = This computer would not give the file ({ $reason ->
        [missing] it is not there
        [permission] you have no permission to read it
        [folder] it is a folder
        [link] it is a link, and links in a folder are not followed
        [special] it is no file but a device or a pipe
        [changed] it was being written to while it was read
       *[io] reading failed
    }). The archive is unchanged. Check the file and try again.
error-reader-gave-up = Reading the file was stopped ({ $limit ->
        [time] it took too long
        [memory] it needed too much memory
       *[crash] the reader failed on it
    }). The archive is unchanged. The file may be damaged or made to do harm; try another copy.
error-address-refused = This is not a web address that Ibid would open ({ $reason }). Nothing was changed. Check how it is written.
error-proxy-unreadable = This names no proxy. Write it as socks5h://host:port, for Tor usually socks5h://127.0.0.1:9050. Nothing was asked for.
error-document-not-found = No document in the archive has an identifier that begins with { $document }. Nothing was changed. See the list of documents.
error-document-ambiguous = { $count } documents have identifiers that begin with { $document }. Nothing was changed. Give more of the identifier.
error-collection-not-found = There is no collection of this name in the archive. Nothing was changed. See the list of collections.
error-collection-unnamed = A collection needs a name of one to 200 characters that can be seen, on one line. Nothing was changed. Give another name.
error-source-not-found = No note in the archive cites { $address }. Nothing was changed. See the list of sources.
error-target-exists = Something with this name is already there. It was left as it is and nothing was written. Choose another name.
error-target-inside = The new archive would stand inside another archive. Nothing was written. Choose another folder.
error-nothing-to-share = There is nothing to share in this selection. Nothing was written. Choose at least one document.
error-empty-passphrase = A passphrase is needed and none was given. Nothing was changed. Six words chosen at random are a good one.

error-host-not-found = The name { $host } has no address. The source is not saved. Try again later or look for a copy elsewhere.
error-host-unreachable = { $host } could not be reached ({ $reason ->
        [refused] it refused the connection
        [dropped] it dropped the connection
        [dns] the name could not be looked up; the computer may be offline
        [tls] its certificate or encryption is not valid
        [proxy] the proxy does not serve; is Tor running?
       *[protocol] it did not answer as a web server should
    }). The source is not saved. Try again later.
error-parts-missing = The page of { $host } came, but { $count ->
        [one] one thing that it needs
       *[other] { $count } things that it needs
    } to look as it looks did not. It is partly saved. Try again later.
error-took-too-long = { $host } did not finish within { $limit_s } seconds. The source is not saved whole. Try again later.
error-answer-too-large = { $host } sent more than the limit of { $limit_bytes } bytes. The source is not saved whole.
error-too-many-redirects = { $host } sent us on more than { $limit } times. The source is not saved. Check the address.
error-request-refused = Ibid did not ask { $host } ({ $reason ->
        [scheme] { refusal-scheme }
        [malformed] { refusal-malformed }
        [credentials] { refusal-credentials }
        [port] { refusal-port }
        [local_name] { refusal-local_name }
        [onion] { refusal-onion }
       *[private] { refusal-private }
    }). The source is not saved. Private and local addresses are asked only when you name them yourself.

error-disk-full = There is no room left on the disk. The archive is as it was before. Make room and try again.
error-archive-busy = Another program is writing to the archive. The archive is unchanged. Wait for it to finish and try again.
error-not-writable = The archive, or the place where it stands, does not take changes. It can be read. Copy it to a place where you may write.
error-report-not-written = The report could not be written there. What came into the archive is safe. Choose another place for the report.
error-archive-too-new = The archive was written by a newer Ibid (format { $found }, this one understands { $understood }). It was not opened and is unchanged. Use a newer Ibid.
error-no-tesseract = No page of it has been read: Tesseract, the program that reads text from pictures, is not installed here. The archive is unchanged. Install it with its languages (on Debian: tesseract-ocr, tesseract-ocr-rus, tesseract-ocr-bel, tesseract-ocr-ukr) and try again.
error-no-tesseract-language = Tesseract is installed here without the language “{ $language }”. The archive is unchanged. Install its data (on Debian: tesseract-ocr-{ $language }) or choose another language.
error-process-lost = A part of Ibid stopped without being asked ({ $process }). What was saved before is safe. Open the archive again.

error-archive-not-found = There is no archive at this place. Nothing was changed. Check the name, or make a new archive.
error-not-an-archive = What stands at this place is not an Ibid archive. It was left as it is.
error-volume-closed = The document stands in a full volume, which never changes again. The archive is unchanged. Bring the file into another archive and read its text there.
error-archive-damaged = The archive is damaged ({ $where }). Ibid will not show what it cannot vouch for. Check the archive, and get another copy if you can.
error-archive-locked = The archive is locked. Nothing was opened. Give its passphrase.
error-wrong-passphrase = This passphrase does not open the archive. Nothing was opened. Check the keyboard layout and Caps Lock.
error-foreign-archive = { $where } is a database, but not one that Ibid wrote. It was not opened and is unchanged.

error-bug = Ibid met a fault of its own. What was saved before is safe. Close Ibid and open it again.
problem-no-text = No text was found in it. It is kept and can be shared, but it cannot be searched.

date-day = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
date-month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
error-correction-lost = What you want to put right is not there any more: the document has changed meanwhile. Nothing was changed. Open the note again and look.
error-nothing-to-correct = There is nothing to put right here. Notes are put right in reports, and only corrections that were made can be taken back. Nothing was changed.
error-question-unnamed = A saved question needs a name of one to 200 characters that can be seen, on one line. Nothing was changed. Give another name.
error-page-broke = { $reason ->
        [crash] The page of { $host } brought the embedded browser down.
        [hung] The scripts of the page of { $host } did not come to an end.
       *[no_page] What { $host } sent is no web page that a browser could build.
    } What was saved of it before stays.
error-browser-unavailable = { $reason ->
        [root] Pages that a script builds are left out: the embedded browser does not run for the administrator (root), because its sandbox would be off. Start Ibid as a normal user.
        [sandbox] Pages that a script builds are left out: the sandbox of the embedded browser does not work on this system, and Ibid never starts it without. Other pages are saved as usual.
       *[missing] Pages that a script builds are left out: this Ibid was installed without its embedded browser.
    }
