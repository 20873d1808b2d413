"""Documents, captures and archives in our own words, for the tests of storage and sharing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.model.document import Description, Document, Emphasis, Format, Link, Passage, PassageKind, Role, Style
from archive.model.footnote import Citation, Marker, Note
from archive.model.sharing import ParcelCapture, ParcelDocument
from archive.model.source import Capture, Exchange, Verdict
from archive.search import index
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.storage.keys import GuessCost
from archive.storage.sources import capture_name
from archive.values import Language, digest_of

CHEAP = GuessCost(memory_kib=64 * 1024, passes=1)


class Maker:
    """Makes small documents that hold together."""

    cheap = CHEAP

    def report(self, n: int = 0, *, addresses: tuple[str, ...] = (), role: Role = Role.REPORT, words: str = "") -> ParcelDocument:
        """A report with one note per address, and one without any."""
        original = f"справаздача {n} {words} {addresses}".encode()
        body = Passage(
            n=0,
            kind=PassageKind.PARAGRAPH,
            text=f"Назіральнікі налічылі {n} выпадкаў за восень. {words}",
            language=Language.BELARUSIAN,
            markers=tuple(
                Marker(label=str(k + 1), at=12, note=k, confidence=0.9, reason="superscript") for k in range(len(addresses) + 1)
            ),
            links=(Link(0, 12, "../there"),),
            styles=(Style(0, 12, Emphasis.ITALIC), Style(3, 5, Emphasis.BOLD)),
        )
        texts = [f"Гл. {address}" for address in addresses] + ["Тамсама, с. 12."]
        notes = tuple(
            Note(
                n=k,
                label=str(k + 1),
                text=text,
                passage=k + 1,
                page=2,
                paired=True,
                confidence=0.9,
                before="Назіральнікі",
                citations=(
                    Citation(
                        n=k,
                        note=k,
                        text=text,
                        address=addresses[k] if k < len(addresses) else None,
                        ibid_of=k - 1 if k == len(addresses) and k else None,
                    ),
                ),
            )
            for k, text in enumerate(texts)
        )
        passages = (body, *(Passage(n=k + 1, kind=PassageKind.NOTE, text=text, page=2) for k, text in enumerate(texts)))
        document = Document(
            document=digest_of(original),
            role=role,
            format=Format.TEXT,
            description=Description(
                title=f"Восеньскі агляд {n}",
                language=Language.BELARUSIAN,
                publisher="Гурток назіральнікаў",
                reference=f"ГН {n}/2025",
                published_on="2025-01",
                authors=("А. Б.",),
                topics=("восень", "агляд"),
            ),
            size_bytes=len(original),
            passages=len(passages),
            notes=len(notes),
            markers=len(body.markers),
            paired=len(notes),
        )
        return ParcelDocument(document=document, passages=passages, notes=notes, original=original)

    def capture(self, address: str, *, n: int = 0, verdict: Verdict = Verdict.COMPLETE) -> ParcelCapture:
        """A capture of ``address`` with a text of its own."""
        text = self.report(1000 + n, role=Role.SOURCE, words=address)
        moment = datetime(2025, 1, 15, 10, n % 60, tzinfo=UTC)
        exchange = Exchange(
            address=address,
            method="GET",
            status=200,
            reason="OK",
            request_headers=(("Accept", "*/*"),),
            answer_headers=(("Content-Type", "text/plain"), ("X", "ö")),
            fetched_at=moment,
            http_version="HTTP/1.1",
            body=text.original,
        )
        capture = Capture(
            capture=capture_name((exchange,)),
            address=address,
            final_address=address,
            taken_at=moment,
            verdict=verdict,
            status=200,
            media_type="text/plain",
            size_bytes=len(exchange.body),
            document=text.document.document,
        )
        return ParcelCapture(capture=capture, exchanges=(exchange,), text=text)

    def bring(self, folder: ArchiveFolder, parcel: ParcelDocument) -> None:
        """Bring a document in with its index, as intake does."""
        with folder.writing(len(parcel.original)) as connection:
            row_id = add_document(connection, parcel)
            index.add(connection, row_id, parcel.document, parcel.passages, parcel.notes)


@pytest.fixture(scope="session")
def made() -> Maker:
    """Makes documents and captures."""
    return Maker()


@pytest.fixture
def new_archive(tmp_path: Path) -> Iterator[Callable[..., ArchiveFolder]]:
    """Makes archives by name; closes them at the end."""
    opened: list[ArchiveFolder] = []

    def make(name: str = "Агляды", **settings: object) -> ArchiveFolder:
        folder = ArchiveFolder.create(tmp_path / f"{name}.ibid", title=name, cost=CHEAP, **settings)  # type: ignore[arg-type]
        opened.append(folder)
        return folder

    yield make
    for folder in opened:
        folder.close()
