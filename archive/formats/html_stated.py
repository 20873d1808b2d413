"""What a web page states of itself: title, authors, publisher, day, language, topics. Nothing is concluded, only read.

Where several places speak, the one written for libraries is believed first (``citation_*``, Dublin Core), then the one for
search engines (JSON-LD), then the one for social networks (``og:``, ``article:``), then plain ``<meta>`` and ``<title>``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from lxml import etree

from archive.model.reading import StatedProperties
from archive.values import Language

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|[T\s])")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_ARTICLE = re.compile(r"Article|Report|NewsArticle|BlogPosting|WebPage|CreativeWork|ScholarlyArticle|Book|Legislation")
_TITLE = ("citation_title", "dc.title", "dcterms.title", "eprints.title")
_DAY = (
    "citation_publication_date",
    "citation_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "date",
)
_AUTHOR = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_PUBLISHER = ("citation_publisher", "dc.publisher", "dcterms.publisher", "citation_technical_report_institution", "og:site_name")
_TOPIC = ("citation_keywords", "dc.subject", "article:tag", "news_keywords", "keywords")
_MOST_TOPICS = 50
_LONGEST = 500


def read_stated(root: etree._Element) -> StatedProperties:
    """What the page states, from its head and its JSON-LD."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower().strip()
        content = _clean(meta.get("content"))
        if name and content:
            said.setdefault(name, []).append(content)
    structured = _from_json_ld(root)
    title_element = root.find(".//title")
    title = (
        _first(said, _TITLE)
        or structured.get("title")
        or _first(said, ("og:title", "twitter:title"))
        or _clean("".join(map(str, title_element.itertext())) if title_element is not None else None)
    )
    authors = [name for key in _AUTHOR[:3] for name in said.get(key, ())] or _listed(structured.get("authors"))
    authors = authors or [name for key in _AUTHOR[3:] for name in said.get(key, ()) if "://" not in name]
    topics = [topic for key in _TOPIC for text in said.get(key, ()) for topic in _listed(text)] or _listed(
        structured.get("topics")
    )
    return StatedProperties(
        title=title or None,
        authors=tuple(dict.fromkeys(authors)),
        publisher=_first(said, _PUBLISHER[:-1]) or structured.get("publisher") or _first(said, _PUBLISHER[-1:]),
        published_on=_day(_first(said, _DAY[:6])) or _day(structured.get("day")) or _day(_first(said, _DAY[6:])),
        language=_language(root, said, structured),
        topics=tuple(dict.fromkeys(topics))[:_MOST_TOPICS],
        address_text=page_address(root) or None,
        versions=_versions(root),
    )


def base_address(root: etree._Element) -> str:
    """What relative links of a page stand on: ``<base>``, else where the page says that it is published; empty where it says neither."""
    bases = ((base.get("href") or "").strip() for base in root.iterfind(".//base"))
    return next((base for base in bases if base.startswith(("http://", "https://"))), "") or page_address(root)


def page_address(root: etree._Element) -> str:
    """Where the page says that it is published: its canonical address, or the one it gives to social networks."""
    for path, name in (("link[@rel='canonical']", "href"), ("meta[@property='og:url']", "content")):
        for element in root.iterfind(f".//{path}"):
            address = (element.get(name) or "").strip()
            if address.startswith(("http://", "https://")):
                return address
    return ""


def _versions(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """The page in other languages (HTML standard, 4.2.4: ``rel=alternate`` with ``hreflang``)."""
    base = page_address(root)
    found: list[tuple[str, str]] = []
    for link in root.iterfind(".//link[@hreflang]"):
        address = urljoin(base, (link.get("href") or "").strip()) if base else (link.get("href") or "").strip()
        if "alternate" in (link.get("rel") or "").lower().split() and address.startswith(("http://", "https://")):
            found.append(((link.get("hreflang") or "").lower(), address))
    return tuple(found[:_MOST_TOPICS])


def _language(root: etree._Element, said: dict[str, list[str]], structured: dict[str, str]) -> Language | None:
    xml_language = root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for stated in (
        root.get("lang"),
        root.get("xml:lang"),
        xml_language,
        structured.get("language"),
        _first(said, ("og:locale", "dc.language")),
    ):
        code = (stated or "").strip().lower()[:2]
        if code in set(Language):
            return Language(code)
    return None


def _from_json_ld(root: etree._Element) -> dict[str, str]:
    """Title, day, authors, publisher, topics and language of the first article among the page's JSON-LD."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            whole = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(whole):
            if _ARTICLE.search(str(thing.get("@type"))) and (thing.get("headline") or thing.get("datePublished")):
                said = {
                    "title": _named(thing.get("headline") or thing.get("name")),
                    "day": _named(thing.get("datePublished")),
                    "authors": _named(thing.get("author")),
                    "publisher": _named(thing.get("publisher")),
                    "topics": _named(thing.get("keywords")),
                    "language": _named(thing.get("inLanguage")),
                }
                return {key: value for key, value in said.items() if value}
    return {}


def _things(whole: object, depth: int = 0) -> Iterator[dict[str, object]]:
    """Every object of a JSON-LD text that could be the article: the whole, the members of a list or of ``@graph``."""
    if depth > 3:
        return
    if isinstance(whole, dict):
        yield whole
        yield from _things(whole.get("@graph"), depth + 1)
        yield from _things(whole.get("mainEntity"), depth + 1)
    elif isinstance(whole, list):
        for member in whole[:100]:
            yield from _things(member, depth + 1)


def _named(value: object) -> str:
    """The words of a JSON-LD value: a string, an object with a name, or several of them joined by ``;``."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, dict):
        return _named(value.get("name"))
    if isinstance(value, list):
        return ";".join(filter(None, (_named(member) for member in value[:_MOST_TOPICS])))
    return ""


def _first(said: dict[str, list[str]], names: Iterable[str]) -> str | None:
    return next((said[name][0] for name in names if said.get(name)), None)


def _listed(text: str | None) -> list[str]:
    separator = ";" if text and ";" in text else ","
    return [part.strip() for part in (text or "").split(separator) if part.strip()]


def _day(text: str | None) -> str | None:
    """An ISO 8601 date of the precision given, or None."""
    text = (text or "").strip()
    if slashed := _SLASHED.match(text):
        return f"{slashed[1]}-{int(slashed[2]):02}-{int(slashed[3]):02}"
    found = _DATE.match(text)
    return found[0] if found else None


def _clean(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()[:_LONGEST]
