# Asking: the lines above the results, what can be narrowed by, completions, help.

results-more = More
results-exact = Words exactly as written
results-save = Save this question…
results-csv = Write results as a table…
results-order = Order: { $order }
order-relevance = best first
order-newest = newest first
order-oldest = oldest first
order-title = by title
results-spellings-of = Instead of “{ $word }” also:
results-offer-cites = { $count ->
    [one] Cited in the notes of { $count } document
   *[other] Cited in the notes of { $count } documents
}
results-like = Like “{ $title }”
results-like-passage = Like the passage of “{ $title }”
hit-in-text = in the text
hit-in-note-only = in note { $label }
hit-in-title-only = in the title
hit-passages = { $count ->
    [one] { $number } passage
   *[other] { $number } passages
}
facets-name = Narrow
facet-none = none given
facet-more = { $count } more…
facet-spoken = { $value }, { $count }
facet-spoken-chosen = { $value }, { $count }, chosen
facet-chip = { $facet }: { $value }
facet-drop = Do not narrow by { $value }
facet-value-role-report = reports
facet-value-role-source = saved sources
facet-value-language-en = English
facet-value-language-ru = Russian
facet-value-language-be = Belarusian
facet-value-language-uk = Ukrainian
facet-value-language-und = other languages
facet-value-state-saved = saved
facet-value-state-partial = saved in part
facet-value-state-waiting = not saved yet
facet-value-state-gone = gone
facet-value-state-refused = refused
facet-value-state-failed = could not be saved
facet-value-state-no_address = no address
completions-name = How the question may go on
completion-word = word
completion-field = field
completion-value = value
completion-title = title

asking-title = How to ask
asking-text = Type any words. Ibid finds all their forms, in English, Russian, Belarusian and Ukrainian. A click asks the example.
asking-words = Documents with both words
asking-words-example = school river
asking-phrase = The words together, exactly so
asking-phrase-example = "human rights"
asking-or = One or the other
asking-or-example = arrest OR detention
asking-not = Without a word
asking-not-example = court NOT appeal
asking-beginning = Words that begin so
asking-beginning-example = repress*
asking-near = Words near each other
asking-near-example = prison NEAR release
asking-title-field = In the title, or in a note
asking-title-field-example = title:report
asking-dates = From a date, to a date
asking-dates-example = elections from:2020 to:2021
asking-language = In one language
asking-language-example = court lang:be
asking-cites = Whose notes cite a site or an address
asking-cites-example = cites:spring96.org
asking-kind = Only reports, or only sources
asking-kind-example = court role:source
asking-collection = In a collection
asking-collection-example = in:"To read"

name-field = Name
name-keep = Keep
shelf-open = Open
shelf-rename = Rename
shelf-remove = Remove
collections-title = Collections
collection-new-title = New collection
collection-new-text = A collection gathers documents of an archive under a name. It is kept in the archive and goes with it when it is shared as a whole.
collection-rename-text = If the other name is taken, the two collections become one.
collect-title = In which collections
collect-new = New collection
collect-add = Add
related-like = More like this
related-like-passage = More like this passage
related-citing = Who cites this, in all archives
related-citing-title = Who cites this
related-citing-count = { $address }: { $notes ->
    [0] no note of the open archives cites it.
    [one] { $notes } note
   *[other] { $notes } notes
}{ $notes ->
    [0] {""}
   *[other] {" "}in { $documents ->
        [one] { $documents } document
       *[other] { $documents } documents
    }
}
related-at-note = { $title }, note { $label }
related-sharing = Shares sources with…
related-sharing-title = Documents that cite the same
related-sharing-count = { $count ->
    [0] Nothing else cites what { $title } cites.
    [one] { $count } document cites sources that { $title } cites.
   *[other] { $count } documents cite sources that { $title } cites.
}
related-shared = { $count ->
    [one] { $count } source in common
   *[other] { $count } sources in common
}
related-collect = Collections…
action-like = More like this
action-shares-sources = Shares sources with…
action-collect = Collections…
table-title = Write results as a table
table-text = Every passage found becomes a row, with title, note, page, date, publisher, address and archive. Spreadsheets open the file.
table-warning = The file is not locked. Anyone who has this computer or stick can read it, and deleting it may not remove it.
table-choose = Choose a file…
table-write = Write
table-kind = Table (*.csv)
table-writing = Writing. Cancel leaves nothing behind.
table-done = { $count ->
    [one] { $name }: { $count } row written.
   *[other] { $name }: { $count } rows written.
}

questions-title = Saved questions
question-save = Save this question

desk-name = your desk
desk-new-title = A desk of your own
desk-new-text = Saved questions are kept on a desk: a folder of your own, separate from every archive and never shared with them. It tells what you looked for, so lock it. The passphrase may be that of an archive. There is no desk until you make one here.
desk-on-computer = On this computer
desk-beside = Beside the archive, where it can travel with the stick
desk-where = { $place }
desk-make = Make the desk
