"""Small web archives and ZIM files in our own words, made by the engines' own writers."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from libzim.writer import Creator, Hint, Item, StringProvider
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = "text/html; charset=utf-8"
SENTENCES = "The ferry left at seven and came back at nine. Nobody on the pier had seen the lights go out. "


def page(word: str, *, head: str = "", more: str = "") -> bytes:
    """A page of several sentences with a word of its own."""
    text = f"<p>{SENTENCES * 4} {word}.</p>"
    return f"<html><head><title>Pier {word}</title>{head}</head><body><article><h1>Pier {word}</h1>{text}{more}</article></body></html>".encode()


class _Writer(WARCWriter):
    _create_temp_file = staticmethod(io.BytesIO)  # warcio leaves its temporary files open


class Warc:
    """A web archive being written."""

    def __init__(self, *, is_packed: bool = True) -> None:
        self._whole = io.BytesIO()
        self._writer = _Writer(self._whole, gzip=is_packed)

    def answer(
        self,
        address: str,
        body: bytes,
        *,
        content_type: str = HTML,
        status: str = "200 OK",
        at: str = "2025-01-15T10:00:00Z",
        headers: Sequence[tuple[str, str]] = (),
        referrer: str = "",
        more: dict[str, str] | None = None,
        protocol: str = "HTTP/1.1",
    ) -> Warc:
        """An answer, and before it its request if it has a referrer."""
        http = StatusAndHeaders(status, [("Content-Type", content_type), *headers], protocol=protocol)
        record = self._writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": at, **(more or {})}
        )
        if referrer:
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "a"), ("Referer", referrer)], is_http_request=True)
            request = self._writer.create_warc_record(address, "request", http_headers=asked, warc_headers_dict={"WARC-Date": at})
            self._writer.write_request_response_pair(request, record)
        else:
            self._writer.write_record(record)
        return self

    def again(self, address: str, *, at: str, digest: str, repeats: str) -> Warc:
        """A record that says that the answer was the same as an earlier one's."""
        http = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
        said = {"WARC-Date": at}
        self._writer.write_record(
            self._writer.create_revisit_record(address, digest, repeats, "2025-01-15T10:00:00Z", http, warc_headers_dict=said)
        )
        return self

    def bytes(self) -> bytes:
        """The whole file."""
        return self._whole.getvalue()


def wacz(warc: bytes, pages: Sequence[dict[str, str]], *, title: str = "", spoilt: bool = False) -> bytes:
    """A web archive with a list of its pages and a table of digests (wrong if ``spoilt``)."""
    lines = [json.dumps({"format": "json-pages-1.0", "id": "pages"}), *map(json.dumps, pages)]
    parts = {"archive/data.warc.gz": warc, "pages/pages.jsonl": "\n".join(lines).encode()}
    resources = [
        {"path": name, "hash": "sha256:" + hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in parts.items()
    ]
    if spoilt:
        resources[0]["hash"] = "sha256:" + "0" * 64
    table = json.dumps({"profile": "data-package", "title": title, "resources": resources}).encode()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        for name, data in {**parts, "datapackage.json": table}.items():
            packed.writestr(name, data, compress_type=zipfile.ZIP_STORED if name.startswith("archive/") else zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def in_one_piece(warc: bytes) -> bytes:
    """A plain web archive as one gzip instead of one for each record."""
    return gzip.compress(warc)


class _Article(Item):
    def __init__(self, path: str, title: str, text: str) -> None:
        super().__init__()
        self._path, self._title, self._text = path, title, text

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return "text/html"

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self._text)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: True}


def zim(path: Path, articles: dict[str, str], *, metadata: dict[str, str] | None = None) -> Path:
    """A ZIM file of these articles (title: text), their paths with underscores, as copies of MediaWikis have them."""
    stated = {"Title": "Harbours", "Language": "bel", "Creator": "Harbour book", "Publisher": "Us", "Date": "2025-02-03"} | (
        metadata or {}
    )
    with Creator(path).config_indexing(False, "bel") as creator:
        creator.set_mainpath(next(iter(articles)).replace(" ", "_"))
        for title, text in articles.items():
            creator.add_item(_Article(title.replace(" ", "_"), title, text))
        for name, value in stated.items():
            creator.add_metadata(name, value)
    return path
