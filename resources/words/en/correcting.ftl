correct-title = Note { $label }: put right
correct-marker-title = Mark { $label }: put right
correct-text = What the note says
correct-split = Another note begins at the cursor
correct-label = its label
correct-split-hint = Put the cursor into the text where the other note begins.
correct-join = Goes on in the next note ({ $label })
correct-markers = Which marks mean it
correct-means = The note that mark { $label } means
correct-means-none = means no note
correct-addresses = Where it leads
correct-address = Address
correct-no-address = no address
correct-set = Set
correct-undo = { $count ->
    [one] Take back the last correction ({ $count } made)
   *[other] Take back the last correction ({ $count } made)
}
reading-correct = Correct…
reading-unsure = Ibid is not sure that this note belongs here.
reading-unmarked = No mark in the text leads here.
