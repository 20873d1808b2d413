"""Every theme can be read."""

import itertools

import pytest

from archive.model.source import SourceState
from viewer.look.themes import THEMES, Theme, contrast, theme

WRITES = ("ink", "quiet_ink", "accent", "saved", "partial", "waiting", "gone", "refused")


@pytest.mark.parametrize("chosen", THEMES, ids=lambda chosen: chosen.name)
@pytest.mark.parametrize(("role", "under"), list(itertools.product(WRITES, ("paper", "card", "chrome"))))
def test_what_writes_can_be_read_on_what_lies_under_it(chosen: Theme, role: str, under: str) -> None:
    assert contrast(getattr(chosen, role), getattr(chosen, under)) >= 4.5


@pytest.mark.parametrize("chosen", THEMES, ids=lambda chosen: chosen.name)
@pytest.mark.parametrize("under", ["selection", "hit", "hit_current", "shade"])
def test_marked_words_can_be_read(chosen: Theme, under: str) -> None:
    assert contrast(chosen.ink, getattr(chosen, under)) >= 4.5
    assert contrast(chosen.on_accent, chosen.accent) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_every_state_has_a_colour_in_every_theme() -> None:
    for chosen in THEMES:
        assert all(chosen.of_state(state).startswith("#") for state in SourceState)


def test_a_theme_is_asked_for_by_name() -> None:
    assert [theme(name).name for name in ("light", "sepia", "dark")] == ["light", "sepia", "dark"]
    with pytest.raises(KeyError):
        theme("purple")
