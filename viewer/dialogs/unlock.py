"""The passphrase of a locked archive."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from viewer.dialogs.secret import SecretSheet
from viewer.say.words import say


class UnlockSheet(SecretSheet):
    """Asks for the passphrase of one archive.

    Args:
        name: the archive's folder name; its title is not known before it is open.
    """

    def __init__(self, host: QWidget, *, name: str) -> None:
        super().__init__(
            host,
            title=say("unlock-title", name=name),
            width_px=440,
            texts=((say("unlock-text"), "body"),),
            name=say("passphrase"),
            waiting=say("unlock-opening"),
        )
