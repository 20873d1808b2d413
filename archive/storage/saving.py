"""Questions that a person keeps on the desk, by name. Only a desk takes them: no archive ever holds a row of this."""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from archive.errors import CollectionUnnamed, NotAnArchive, QuestionUnnamed
from archive.model.hit import Question, SavedQuestion
from archive.storage.collecting import checked_name
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import saved_questions

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Question)


def read(folder: ArchiveFolder) -> tuple[SavedQuestion, ...]:
    """The saved questions in the order of their names; one that a newer Ibid wrote and this one cannot read is left out.

    Raises:
        NotAnArchive: this is no desk.
    """
    _check(folder)
    found: dict[str, SavedQuestion] = {}
    for volume in folder.volumes:
        with volume.look() as connection:
            for name, text in connection.execute(select(saved_questions.c.name, saved_questions.c.question)).fetchall():
                try:
                    found[name] = SavedQuestion(name, _DECODER.decode(text))
                except (msgspec.DecodeError, UnicodeError):
                    continue
    return tuple(found[name] for name in sorted(found, key=lambda each: (each.casefold(), each)))


def put(folder: ArchiveFolder, saved: SavedQuestion) -> None:
    """Keep a question; one of the same name gives way.

    Raises:
        QuestionUnnamed, NotAnArchive, MachineError: nothing was changed.
    """
    _check(folder)
    name = _checked(saved.name)
    kept = msgspec.structs.replace(saved.question, offset=0, is_typing=False)
    row = insert(saved_questions).values(name=name, question=_ENCODER.encode(kept).decode())
    with folder.writing() as connection:
        connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"question": row.excluded.question}))


def rename(folder: ArchiveFolder, name: str, to: str) -> None:
    """Give a question another name, in one transaction.

    Raises:
        QuestionUnnamed, NotAnArchive, MachineError: nothing was changed.
    """
    _check(folder)
    other = _checked(to)
    if other == name:
        return
    with folder.writing() as connection:
        text = connection.execute(select(saved_questions.c.question).where(saved_questions.c.name == name)).scalar()
        if text is not None:
            row = insert(saved_questions).values(name=other, question=text)
            connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"question": text}))
            connection.execute(delete(saved_questions).where(saved_questions.c.name == name))


def remove(folder: ArchiveFolder, name: str) -> None:
    """Keep a question no longer.

    Raises:
        NotAnArchive, MachineError: nothing was changed.
    """
    _check(folder)
    with folder.writing() as connection:
        connection.execute(delete(saved_questions).where(saved_questions.c.name == name))


def _check(folder: ArchiveFolder) -> None:
    if not folder.is_desk:
        raise NotAnArchive


def _checked(name: str) -> str:
    try:
        return checked_name(name)
    except CollectionUnnamed as error:
        raise QuestionUnnamed from error
