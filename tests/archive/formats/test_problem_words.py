"""Every problem that a reader can name has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive import words
from archive.formats import reader

CODES = {
    code
    for path in Path(reader.__file__).parent.glob("*.py")
    for code in re.findall(r'Problem\("([a-z-]+)"', path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_problem_has_its_sentence_with_its_detail(language: str) -> None:
    assert len(CODES) >= 6
    words.choose_language(language)
    try:
        sentences = {code: words.say(f"problem-{code}", detail="17-19") for code in CODES}
    finally:
        words.choose_language("en")
    assert all("17-19" in sentence for sentence in sentences.values())
