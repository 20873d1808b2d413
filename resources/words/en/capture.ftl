# What has become of a source, what a capture is worth, and why Ibid itself would not ask.

state-saved = Saved
state-partial = Partly saved
state-waiting = Not saved yet
state-gone = Gone
state-refused = Refused
state-failed = Could not be saved
state-no_address = No address

verdict-complete = The page came whole and its text was read.
verdict-partial = Only a part came before the connection ended. What came is kept.
verdict-error_page = The site answered with a page that says the source is not there, or not for us. It is not counted as saved.
verdict-cookie_wall = The site showed only a question about cookies. It is not counted as saved.
verdict-login = The site asked for a name and a password instead. It is not counted as saved.
verdict-paywall = The site showed the beginning and asked for payment. It is not counted as saved.
verdict-block_page = The answer says that access is blocked. It is not counted as saved.
verdict-captcha = The site asked for proof that nobody automatic is asking. It is not counted as saved.
verdict-parked = The address belongs to nobody who writes there now: it shows advertising or is for sale. It is not counted as saved.
verdict-empty_page = The page came, but there is no text in it. It is not counted as saved.
verdict-unreadable = The file came whole, but no text could be read from it. It is kept as it is.

refusal-scheme = it is not a web address
refusal-malformed = the address is not written as addresses are
refusal-credentials = the address holds a name or a password
refusal-port = the port is not one of the web’s
refusal-local_name = the name belongs to this computer or its network
refusal-onion = onion addresses are reached through Tor only (--proxy)
refusal-private = the address lies in a private network

error-not-served = { $host } answered with { $status ->
        [401] 401: it wants a login
        [403] 403: it refuses access
        [404] 404: there is no such page
        [410] 410: the page was removed
        [429] 429: it has had too many requests
        [451] 451: it may not show the page for legal reasons
       *[other] { NUMBER($status, useGrouping: 0) } and no page
    }. The source is not saved.
