"""``python -m tests.benchmarks [NAME [NUMBER]]``: print figures; nothing here passes or fails."""

from __future__ import annotations

import sys

from tests.benchmarks import (
    any_question,
    asking,
    bringing_in,
    browser,
    capture,
    encodings,
    first_window,
    html_notes,
    learning_names,
    main_text,
    notes,
    office_notes,
    pages,
    pages_drawn,
    pdf_pages,
    quality,
    replay,
    robustness,
    scale,
    search,
    spellings,
    typing,
    verdicts,
    web_archives,
    words,
)

BENCHMARKS = {
    "pages": pages.run,
    "robustness": robustness.run,
    "bringing-in": bringing_in.run,
    "capture": capture.run,
    "scale": scale.run,
    "search": search.run,
    "asking": asking.run,
    "any-question": any_question.run,
    "notes": notes.run,
    "pages-drawn": pages_drawn.run,
    "pdf-pages": pdf_pages.run,
    "office-notes": office_notes.run,
    "html-notes": html_notes.run,
    "main-text": main_text.run,
    "encodings": encodings.run,
    "first-window": first_window.run,
    "typing": typing.run,
    "words": words.run,
    "names": spellings.run_names,
    "learn-names": learning_names.run,
    "spelling": spellings.run_slips,
    "ranking-quality": quality.run,
    "web-archives": web_archives.run,
    "browser": browser.run,
    "replay": replay.run,
    "verdicts": verdicts.run,
}

WRITING = {"learn-names"}
"""These write a file of the program and run only by name."""

if __name__ == "__main__":
    name, *numbers = sys.argv[1:] or [""]
    for title, run in BENCHMARKS.items():
        if name == title or (not name and title not in WRITING):
            print(f"{title}:", flush=True)
            run(*map(int, numbers))
