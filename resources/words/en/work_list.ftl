# Sources that are to be saved: the list, the order, what became of each, and what a person says of a copy.

risk-listed_blocked = on your list: blocked
risk-listed_labelled = on your list: labelled
risk-social = a post; posts go away
risk-flaky = did not come whole before
risk-old = five years old or more
risk-quoted = the report quotes words from it
risk-untried = not tried yet

capture-under_way = Being asked for…
capture-in_browser = Being built in the browser…
capture-broken = Could not be kept
capture-saved-copy = Saved, from a copy
capture-quoted-missing = The quoted words were not found in what was saved.
capture-judged-short = { $judged }, judged by a person; Ibid said: { $said }
capture-judged = Judged by a person: { $judged }. Ibid said: { $said }.
capture-end = { $tried ->
    [0] No source was asked for.
    [one] { $tried } source was asked for.
   *[other] { $tried } sources were asked for.
}
capture-end-copies = { $count ->
    [one] { $count } of them came from a copy that a web archive keeps.
   *[other] { $count } of them came from copies that web archives keep.
}
capture-end-browser = { $count ->
    [one] { $count } was built in the browser.
   *[other] { $count } were built in the browser.
}
capture-end-not-found = { $count ->
    [one] In { $count } the quoted words were not found.
   *[other] In { $count } the quoted words were not found.
}
capture-end-untouched = { $count ->
    [one] { $count } was not begun. Ask again, and it goes on there.
   *[other] { $count } were not begun. Ask again, and it goes on there.
}
capture-unbuilt = The page seems to be built by its own scripts, and no browser could be started here to do so.
capture-end-unbuilt = { $count ->
    [one] { $count } seems to be built by its own scripts, and no browser could be started here.
   *[other] { $count } seem to be built by their own scripts, and no browser could be started here.
}
capture-end-not-saved = Not saved whole, and why:

terminal-capture-planned = { $count ->
    [0] No source waits to be saved.
    [one] { $count } source would be asked for, in this order.
   *[other] { $count } sources would be asked for, in this order.
}
error-capture-not-found = { $count ->
    [0] No saved copy has an identifier that begins with { $capture }. Nothing was changed.
   *[other] { NUMBER($count, useGrouping: 0) } saved copies have identifiers that begin with { $capture }. Give more of it. Nothing was changed.
}
error-hosts-unreadable = Line { NUMBER($line, useGrouping: 0) } of the list of hosts is not one that Ibid can read: a host, then “blocked” or “labelled”. Nothing was asked for and nothing was kept.

work-title = Sources to save
work-scope = Whose sources
work-states = Which of them
work-shown-unsaved = Not saved yet
work-shown-gone = Gone or refused
work-shown-saved = Saved
work-shown-all = All
work-all-of = All sources of “{ $archive }”
work-collection = Collection: { $name }
work-cited-at = note { $label } of “{ $title }”{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}
work-cited-more = and { $count } more
work-tries = { $count ->
    [one] Asked for once so far.
   *[other] Asked for { $count } times so far.
}
work-looking = Looking through the notes…
work-none = No note here cites an address.
work-empty-unsaved = Everything that is cited here is saved, gone or refused.
work-empty-gone = Nothing is gone and nothing was refused.
work-empty-saved = Nothing is saved yet.
work-empty-all = No note here cites an address.
work-running = Saving: { $done } of { $total }
work-paused = Paused: { $done } of { $total }
work-pause = Pause
work-resume = Go on
work-more = More…
work-save-all = Save all ({ $count })
work-retry-all = Try all again ({ $count })
work-save-picked = Save what is picked ({ $count })
work-save-one = Save this one now
work-open = Show it beside
work-follow = Let what it cites itself be saved too
work-judge = What the copy of { $date } is worth
work-judge-undo = As Ibid said: { $said }
work-hosts = A list of hosts
work-hosts-choose = My own list of hosts to save first…
work-hosts-forget = Forget my list of hosts
work-sealed = This window cannot go online, by design. To save sources, close it and start:
task-capturing = Saving sources
strip-archivist = Saves sources when you ask; the window itself is offline
action-work-list = Sources to save
