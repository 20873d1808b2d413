# A saved page as it looked, and what is known of how it was saved.

capture-as-text = As text
capture-as-it-looked = As it looked
capture-page = Saved page as it looked
capture-find = Find in this page
capture-print = Print…
capture-coming = The page is coming…
capture-part-missing = This part was not saved with the page.
capture-part-other = This part is a file of the kind { $kind }. The archive keeps it, but it cannot be shown as a page.
capture-part-failed = This part could not be read from the archive.
capture-no-sandbox = Here a saved page can be shown as text only: this system gives Ibid no closed room in which a browser engine could draw it safely.
capture-broke = The page could not be drawn as it looked. This is its text.
capture-no-page = This source is no web page but a file of the kind { $kind }. This is its text.
capture-link-missing = Not saved in the open archives: { $address }
capture-quote-found = The page is open at the quoted words.
capture-quote-missing = The quoted words were not found on the page as it looked.

capture-taken = Saved on { $date } at { $time } UTC
capture-way-page = fetched at its own address
capture-way-browser = built by its own scripts in the embedded browser, then written down
capture-way-copy = from a copy that { $keeper } keeps
capture-way-file = out of a web archive that was brought as a file
capture-way-added = added by hand
capture-from = From { $address }
capture-redirects = { $count ->
    [one] after one redirect
   *[other] after { $count } redirects
}
capture-missing = { $count ->
    [one] { $count } part missing
   *[other] { $count } parts missing
}
capture-digest = Digest { $digest }
capture-digest-copy = Copy the whole digest
capture-evidence = Evidence…

evidence-title = Evidence
evidence-what = What was saved
evidence-what-words = { $parts ->
    [0] The page alone, { $size } in all.
    [one] The page and { $parts } part that it needs, { $size } in all.
   *[other] The page and { $parts } parts that it needs, { $size } in all.
}
evidence-missing-words = { $count ->
    [one] One part that it needs did not come.
   *[other] { $count } parts that it needs did not come.
}
evidence-verdict = Judged: { $verdict }.
evidence-when = When
evidence-how = How
evidence-how-words = It was { $way }.
evidence-program = By { $program }.
evidence-first-step = { $count ->
        [0] Asked for without a browser, the page came without text.
        [one] Asked for without a browser, the page came with { $count } word of text.
       *[other] Asked for without a browser, the page came with { $count } words of text.
    }
evidence-second-step = { $count ->
        [one] With its scripts run it had { $count } word. What the site sent is kept beside it.
       *[other] With its scripts run it had { $count } words. What the site sent is kept beside it.
    }
evidence-from-where = From where
evidence-asked = Asked for: { $address }
evidence-sent-on = { $status }, sent on to { $address }
evidence-answered = { $status } from { $address }
evidence-copy = Copy
evidence-copy-words = This is not the page from its own place but a copy that { $keeper } kept on { $date }.
evidence-own-answer = Asked at its own place, { $what ->
        [host-not-found] there was no such host any more
        [host-unreachable] nobody answered as a site should
        [not-served] the site answered with { $status } and no page
        [error_page] the site answered with an error page
        [cookie_wall] the site showed a question about cookies only
        [login] the site wanted a name and a password
        [paywall] the site showed the beginning and wanted payment
        [block_page] the answer was that access is blocked
        [captcha] the site wanted proof that nobody automatic was asking
        [parked] the domain was for sale or unused
       *[other] the page was not to be had
    }.
evidence-copy-same-day = That is the day that is meant.
evidence-copy-before = { $days ->
    [one] That is one day before the date that is meant, { $date }.
   *[other] That is { $days } days before the date that is meant, { $date }.
}
evidence-copy-after = { $days ->
    [one] That is one day after the date that is meant, { $date }.
   *[other] That is { $days } days after the date that is meant, { $date }.
}
evidence-certificate = Certificate of the host
evidence-certificate-words = { $host } showed a certificate for { $subject }, issued by { $issuer }, valid from { $from } until { $until }. Digest: { $digest }
evidence-certificate-none = None was recorded.
evidence-charset = Letters
evidence-charset-words = Read as { $charset }.
evidence-digest = Digests (SHA-256)
evidence-digest-capture = Of everything fetched: { $digest }
evidence-digest-page = Of the page: { $digest }
evidence-agree = Do others agree?
evidence-agrees = Yes: what was saved on { $date } ({ $way }) is the same, byte for byte.
evidence-agrees-none = No other saved copy in this archive was made in another way or on another day and is the same.
evidence-limits = This says what Ibid was given, and the digests show that nobody has changed it since. It does not prove what the site showed to others.
evidence-copy-digest = Copy digest

print-title = Print this page
print-text = The page goes to paper or into a PDF as it looked, without its background pictures where the printer leaves them out.
print-done = Written: { $name }
print-printer = Printer
print-on-printer = Print
print-printed = Given to the printer { $name }. The system keeps what it prints for a while.
print-failed = The printer { $name } did not take it.

action-look = Show the source as it looked, or as text
action-evidence = Evidence of the source…
action-print = Print the source…

source-pane-saved-as-it-looked = Saved { $date } · as it looked
source-pane-partly-saved-as-it-looked = Partly saved { $date } · as it looked
