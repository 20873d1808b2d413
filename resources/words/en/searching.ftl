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
