r"""Captured pages made ready to be shown as they looked: the bytes of a page or a style in, the same without what would act or ask out.

Pages are not parsed and written anew: browsers mend broken pages in their own way, and so they shall. Only tags are told apart,
as the HTML standard does it (13.2.5), and only those are touched that hold something of this table; all else stays letter for letter.

=============================================================  ====================================================================
left out                                                       because
=============================================================  ====================================================================
what stands in ``script``, with its attributes                 nothing of a captured page runs; the element stays, empty, for styles
                                                               that count their neighbours
``noscript``                                                   it was not seen by a person whose browser ran scripts
``link`` to preconnect, dns-prefetch, prefetch, prerender,     they ask beforehand, some of them past every guard of the browser
modulepreload, manifest
``meta`` of a refresh, a policy, a cookie                      the capture stays where it is, and its guards are ours
``crossorigin``, ``integrity``, ``nonce``                      everything comes from the archive, and a style is not byte for byte
``on...``, ``ping``, ``autofocus``, ``manifest``               as scripts; nobody is told of a click; the page does not move by itself
``target="_blank"`` and the like                               there are no other windows: the link is told all the same
comments                                                       a person never saw them
=============================================================  ====================================================================

In styles (also ``style=""``) and in ``<base>``, ``https://`` becomes ``ibids://`` and ``http://`` becomes ``ibidh://``, the schemes under
which a capture answers: a font of another host is asked for in a way that cannot be redirected. All other addresses stay as they were;
the window redirects them. What a script would have done when the page was scrolled to or had come whole is done: a picture whose
address waits in ``data-src`` gets it, a style that waits as ``media="print"`` or as a preload applies.

    <a href="https://a.org/">             stays
    url(https://a.org/f.woff2)            url(ibids://a.org/f.woff2)
    <p>see https://a.org/                 stays
    <link rel="dns-prefetch" href=//a>    gone
"""

from __future__ import annotations

import html
import re

from archive.formats.encoding import decode, known_encoding
from archive.formats.html import declared_charset
from archive.model.replay import ServedText

PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = re.compile(
    r"text/(?!event-stream)[\w.+-]+|application/(?:[\w.-]+\+)?(?:xml|json)|application/(?:x-)?(?:javascript|ecmascript)|image/svg\+xml"
)
_CHARSET_OF_STYLE = re.compile(rb'\A@charset "([\w:.-]{2,40})"')

_ATTRIBUTE = r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)|(?=[\s>]|$)))?+"""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)((?:[\s/]++|" + re.sub(r"\((?!\?)", "(?:", _ATTRIBUTE) + r")*+)>")
_DOCTYPE = re.compile(r"<!doctype\b[^>]*+>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>|.*)", re.DOTALL)
_CHARACTERS = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_BOGUS = re.compile(r"<[!?/][^>]*+(?:>|\Z)")
_RAW = frozenset({"style", "script", "noscript", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_STYLED_URL = re.compile(r"(\burl\(\s*+(?:[\"']|&quot;|&#3[49];)?|@import\s++[\"'])http(s?)://", re.IGNORECASE)
_ASKING = frozenset({"preconnect", "dns-prefetch", "prefetch", "prerender", "modulepreload", "manifest"})
_ACTING = frozenset({
    "refresh", "content-security-policy", "content-security-policy-report-only", "set-cookie", "x-dns-prefetch-control", "origin-trial",
})  # fmt: skip
_DROPPED = frozenset({"crossorigin", "integrity", "nonce", "ping", "autofocus", "manifest"})
_WAITING = {
    "data-src": "src",
    "data-lazy-src": "src",
    "data-original": "src",
    "data-srcset": "srcset",
    "data-lazy-srcset": "srcset",
}
_DEEPEST = 3


def is_text(media_type: str) -> bool:
    """Whether what a host states as this media type is text, which has a charset."""
    return _TEXTS.fullmatch(media_type) is not None


def settle_charset(text: ServedText) -> str:
    """The charset in which a text was read: what its host says, its byte order mark, what it says itself, or its letters say; lower case."""
    declared = text.declared
    if not declared and text.media_type == "text/css" and (found := _CHARSET_OF_STYLE.match(text.data)):
        declared = found[1].decode("ascii")
    return decode(text.data, declared=declared or declared_charset(text.data)).encoding.lower()


def show_text(data: bytes, *, media_type: str, charset: str = "") -> bytes:
    """A text of a capture as UTF-8, a page or a style without what the table names.

    Args:
        data: the body as it came.
        media_type: as stated.
        charset: the settled one; empty where none was.
    """
    known = known_encoding(charset)
    settled = known or settle_charset(ServedText(data, media_type))
    text = data.decode("utf-8-sig" if settled == "utf-8" else settled, "replace").removeprefix("\ufeff")
    if media_type in PAGES:
        text = show_page(text, is_strict=media_type != "text/html")
    elif media_type == "text/css":
        text = show_style(text)
    return text.encode(errors="replace")


def show_style(text: str) -> str:
    """A style sheet whose addresses of other hosts are those of the capture."""
    return _STYLED_URL.sub(lambda found: f"{found[1]}ibid{'s' if found[2] else 'h'}://", text)


def show_page(text: str, *, is_strict: bool = False, depth: int = 0) -> str:
    """A page without what the table names.

    Args:
        text: the page, decoded.
        is_strict: it is XML, in which a CDATA section is text.
        depth: how many frames it stands in.
    """
    shown: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        shown.append(text[at:start])
        tag = _TAG.match(text, start)
        if tag is None:
            at, kept = _past_no_tag(text, start, is_strict=is_strict)
            shown.append(kept)
            continue
        name, at = tag[2].lower(), tag.end()
        if tag[1]:
            shown.append(tag[0] if name != "noscript" else "")
        elif name == "plaintext":
            shown.append(text[start:])
            return "".join(shown)
        elif name in _RAW and not (is_strict and tag[0].endswith("/>")):
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
            body, at = (text[at:], len(text)) if end is None else (text[at : end.start()], end.start())
            shown.append(_shown_raw(name, tag, body, depth))
        else:
            shown.append(_shown_tag(name, tag, depth))
    shown.append(text[at:])
    return "".join(shown)


def _past_no_tag(text: str, start: int, *, is_strict: bool) -> tuple[int, str]:
    """Where to go on behind a ``<`` that begins no tag, and what of it is shown."""
    if (found := _DOCTYPE.match(text, start)) is not None:
        return found.end(), found[0]
    if is_strict and (found := _CHARACTERS.match(text, start)) is not None:
        return found.end(), found[0]
    found = _COMMENT.match(text, start) or (None if text[start + 1 : start + 2].isspace() else _BOGUS.match(text, start))
    if found is not None:
        return found.end(), ""
    is_cut_tag = text[start + 1 : start + 2].isalpha() or text.startswith("</", start)
    return (len(text), "") if is_cut_tag else (start + 1, "<")


def _shown_raw(name: str, tag: re.Match[str], body: str, depth: int) -> str:
    """An element whose content is no markup, without its end tag."""
    match name:
        case "script":
            return "<script>"
        case "noscript":
            return ""
        case "style":
            return _shown_tag(name, tag, depth) + show_style(body)
        case _:
            return _shown_tag(name, tag, depth) + body


def _shown_tag(name: str, tag: re.Match[str], depth: int) -> str:
    """A start tag, letter for letter where nothing in it is to be left out; nothing where all of it is."""
    found: dict[str, str | None] = {}
    end = 0
    for one in _ONE_ATTRIBUTE.finditer(tag[3]):
        found.setdefault(one[1].lower(), next((value for value in one.groups()[1:] if value), None))
        end = one.end()
    read = {attribute: html.unescape(value or "").strip() for attribute, value in found.items()}
    if name == "script" or (name == "link" and _ASKING & set(read.get("rel", "").lower().split())):
        return "<script></script>" if name == "script" else ""
    if name == "meta" and read.get("http-equiv", "").lower() in _ACTING:
        return ""
    kept = {
        attribute: value for attribute, value in found.items() if attribute not in _DROPPED and not attribute.startswith("on")
    }
    if read.get("target", "").startswith("_"):
        kept.pop("target")
    if kept.get("style"):
        kept["style"] = show_style(kept["style"] or "")
    if "srcdoc" in kept:
        inner = show_page(read["srcdoc"], depth=depth + 1) if depth < _DEEPEST else ""
        kept["srcdoc"] = html.escape(inner, quote=True)
    if name == "base" and (moved := re.match(r"http(s?)://", read.get("href", ""), re.IGNORECASE)):
        kept["href"] = html.escape(f"ibid{'s' if moved[1] else 'h'}://{read['href'][moved.end() :]}")
    if name in {"img", "source", "iframe"}:
        _fetch_waiting(kept, read)
    if name == "link":
        _apply_waiting(kept, read)
    if kept == found:
        return tag[0]
    written = "".join(f" {attribute}" + ("" if value is None else f"={_quoted(value)}") for attribute, value in kept.items())
    return f"<{tag[2]}{written}{' /' if '/' in tag[3][end:] else ''}>"


def _fetch_waiting(kept: dict[str, str | None], read: dict[str, str]) -> None:
    """Give a picture or a frame the address that a script would have given it when it was scrolled to."""
    for waiting, meant in _WAITING.items():
        has_none = not read.get(meant) or read[meant].startswith(("data:", "about:"))
        if read.get(waiting) and has_none and not read[waiting].startswith(("{", "[")):
            kept[meant] = kept[waiting]
            read[meant] = read[waiting]


def _apply_waiting(kept: dict[str, str | None], read: dict[str, str]) -> None:
    """Let a style apply that a script would have let apply when it had come."""
    when_here = read.get("onload", "").lower()
    if "preload" in read.get("rel", "").lower().split() and read.get("as", "").lower() == "style" and "stylesheet" in when_here:
        kept["rel"] = "stylesheet"
    elif read.get("media", "").lower() == "print" and "media" in when_here:
        kept.pop("media")


def _quoted(value: str) -> str:
    """A raw value in quotation marks that it does not hold itself."""
    return f'"{value}"' if '"' not in value else f"'{value}'" if "'" not in value else '"' + value.replace('"', "&quot;") + '"'
