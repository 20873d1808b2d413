r"""Web addresses: what Ibid takes for one, and when two are the same.

``normalise`` gives the one spelling under which a source is stored, so two notes that cite one place share one source. Only
spellings that every browser treats as equal become equal: a wrong merge would show a reader the wrong source, while a missed
merge only saves a page twice.

=====================================================  ==========================================================
rule                                                   because
=====================================================  ==========================================================
only ``http`` and ``https``, in lower case             nothing else is a page that can be saved; ``javascript:``,
                                                       ``data:`` and ``file:`` could act on the reader's machine
host in lower case, IDN as punycode (UTS 46),          RFC 3986 §3.2.2 and §6.2.2.1; the punycode form is the only
one final dot dropped                                  one that cannot be confused with a look-alike
``:80`` of http and ``:443`` of https dropped          RFC 3986 §6.2.3
an empty path becomes ``/``                            RFC 3986 §6.2.3; a browser sends the same request
fragment dropped                                       it is never sent to the host (RFC 9110 §4.1)
backslash before punctuation dropped                   Markdown writes ``trade\_unions``; a backslash is in no address
white space, soft hyphens, zero-width marks dropped    they come from line ends of printed pages
``%7e`` -> ``~``, ``%d0`` -> ``%D0``                   RFC 3986 §6.2.2.1 and §6.2.2.2: unreserved characters only
other characters outside ASCII, and a lone ``%``,      RFC 3987 §3.1, RFC 3986 §2.4; a browser sends the same bytes
become percent-encoded UTF-8
parameters that only follow people about are dropped   they choose no content (``utm_source``, ``fbclid``, ``yclid`` ...), and
                                                       sending them would tell the site through whom the link came
=====================================================  ==========================================================

Not touched, because hosts may tell them apart: ``http`` or ``https``, ``www.``, a final slash, the order of a query, the case of a path, ``+``, ``//``.
The first four differ rarely, though, so :func:`place_of` gives what an address has in common with its other spellings: sources of one place
are shown as one, each capture under the very address from which it came, and nothing is fetched that nobody cited. Web archives look
pages up in the same way (SURT, "Sort-friendly URI Reordering Transform", of the Internet Archive).

Valid, and what becomes of it::

    HTTPS://Spring96.ORG:443            https://spring96.org/
    https://a.org/trade\_unions.pdf     https://a.org/trade_unions.pdf
    https://ru.wikipedia.org/wiki/Минск https://ru.wikipedia.org/wiki/%D0%9C%D0%B8%D0%BD%D1%81%D0%BA
    http://прыклад.бел/                 http://xn--80aiqesg1f.xn--90ais/
    https://a.org/x?utm_source=y&id=3   https://a.org/x?id=3

One place: ``https://www.a.org/x/``, ``http://a.org/x``, ``https://a.org/x``, ``http://www.a.org/x?utm_medium=y``. Another: ``https://a.org/X``, ``https://m.a.org/x``.

Not valid, and the reason that ``AddressRefused`` carries::

    (nothing)                           empty
    javascript:alert(1), www.a.org      scheme          no scheme, or one that is not http(s)
    https:///path                       no-host
    https://user:secret@a.org/          credentials     they would be sent, and they disguise the host
    https://a_b c!.org, http://1.2.3    host            no name that DNS could hold, no IP address
    https://a.org:99999/                port
    https://a.org/\x                     backslash       browsers read it as a slash, others do not
    https://a.org/%0 with U+0000        control-character   also direction overrides, which disguise the host
    more than 8000 characters           too-long        RFC 9110 §4.1
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import unquote_to_bytes

import idna

from archive.errors import AddressRefused

LONGEST_ADDRESS = 8000

_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2061-\u206f\ufff9-\ufffb\ud800-\udfff]")
_ESCAPED = re.compile(r"\\+(?=[!-/:-@\[\]^_`{|}~])")
_PARTS = re.compile(r"([a-z][a-z0-9+.\-]*):(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_\-]{0,62})(?:\.[a-z0-9_][a-z0-9_\-]{0,62})*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ENCODED = frozenset(b' "<>`{}')
_FOLLOWING = re.compile(
    r"(?:utm_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_openstat|_ga|_gl|_hsenc|_hsmi"
    r"|mkt_tok|vero_id|oly_anon_id|oly_enc_id|wickedid)(?:=|$)",
    re.IGNORECASE,
)
_WWW = re.compile(r"www\d{0,2}\.(?=[^.]+\.)")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})|(%)|([^%]+)")

# Finding addresses in text.
_TOP_DOMAINS = "com|org|net|info|int|gov|edu|eu|by|ru|ua|pl|lt|lv|ee|de|uk|us|io|me|tv|news|media|today|бел|рф|укр"
_BEGINNING = re.compile(
    r"(?P<web>https?:\s?//)|(?P<www>(?<![\w@./\-])www\.(?=\w))"
    rf"|(?P<bare>(?<![\w@./\-])(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+(?:{_TOP_DOMAINS})/(?=[\w?]))"
    r"|(?P<doi>(?<![\w/.])(?:doi\s*:\s*|doi\s+)(?=10\.\d{4,9}/))",
    re.IGNORECASE,
)
_BODY = re.compile('[^\\s<>"«»“”„‘’‹›\\x00-\\x1f{}|^`\u2026]+')
_NEXT_ADDRESS = re.compile(r"(?<=[,;)\]])(?:https?://|www\.)", re.IGNORECASE)
_TAIL = ".,;:!?'*\\"
_CLOSING = {")": "(", "]": "["}
_BREAK = re.compile("[ \\t\u00a0]?(?:\\r?\\n|[ \u00a0])[ \\t\u00a0]*")
_CONTINUATION = re.compile(r"[A-Za-z0-9\-._~%/?#\[\]@!$&'()*+,;=:\\]+")


def normalise(address_text: str) -> str:
    """The one spelling of a web address under which its source is known; applied twice it changes nothing more.

    Args:
        address_text: as printed or typed, with a scheme.

    Raises:
        AddressRefused: it is no web address that Ibid would ever open; the module's caption lists the reasons.
    """
    text = _INVISIBLE.sub("", address_text)
    if not text:
        raise AddressRefused(reason="empty")
    if len(text) > LONGEST_ADDRESS:
        raise AddressRefused(reason="too-long")
    if _CONTROL.search(text):
        raise AddressRefused(reason="control-character")
    text = _ESCAPED.sub("", text)
    if "\\" in text:
        raise AddressRefused(reason="backslash")
    parts = _PARTS.fullmatch(text)
    if parts is None or parts[1].lower() not in _DEFAULT_PORTS:
        raise AddressRefused(reason="scheme")
    scheme = parts[1].lower()
    place = _normalise_place(parts[2] or "", scheme)
    return f"{scheme}://{place}{_normalise_percent(parts[3]) or '/'}{_normalise_query(parts[4] or '')}"


def place_of(address: str) -> str:
    """What the spellings of one place have in common: host without ``www.``, path without a final slash, query.

    Args:
        address: normalised; of anything else the answer is of no use, but there is one.

    Returns:
        Text to compare and never to open: ``https://www.a.org/x/`` gives ``a.org/x``.
    """
    rest = address.partition("://")[2] or address
    path, question_mark, query = _WWW.sub("", rest, count=1).partition("?")
    return f"{path.rstrip('/')}{question_mark}{query}"


def host_of(address: str) -> str:
    """The host of a normalised address, in the form used on the network (punycode), without port.

    Raises:
        AddressRefused: ``address`` is none.
    """
    place = normalise(address).split("/", 3)[2]
    return place[: place.index("]") + 1] if place.startswith("[") else place.partition(":")[0]


def display(address: str) -> str:
    """A normalised address as a person can read it; ``normalise`` of it is the address again.

    Percent-encoded letters are shown as letters. A host is shown in its own script only where no label can be taken for
    another: one script per label, and Cyrillic letters that look Latin only under a Cyrillic top domain (the rule that
    Chromium uses for internationalised names); otherwise it stays punycode.

    Raises:
        AddressRefused: ``address`` is none.
    """
    address = normalise(address)
    scheme, _, rest = address.partition("://")
    place, slash, path = rest.partition("/")
    host, colon, port = (place, "", "") if place.startswith("[") else place.partition(":")
    shown = f"{scheme}://{_display_host(host)}{colon}{port}{slash}{re.sub('(?:%[89A-F][0-9A-F])+', _shown_letters, path)}"
    try:
        return shown if normalise(shown) == address else address
    except AddressRefused:
        return address


def find_addresses(text: str) -> list[tuple[int, int, str]]:
    """Every web address in a running text, in order.

    Found are ``http(s)://``, ``www.`` (completed with ``http://`` as GitHub Flavored Markdown §6.9 does), ``t.me/name`` and other
    bare hosts of frequent top domains followed by a path, and ``doi:10.`` (as ``https://doi.org/10.``). Closing
    punctuation is no part of an address; a bracket is one if it is opened inside. An address that was broken at a line
    end is put together.

    Returns:
        start and end in ``text`` (code points, end exclusive, everything that was put together) and the normalised address.
    """
    found: list[tuple[int, int, str]] = []
    if "/" not in text and "www." not in text.lower():
        return found
    at = 0
    while beginning := _BEGINNING.search(text, at):
        end, body = _read_body(text, beginning.end())
        at = max(end, beginning.end())
        head = {"web": beginning[0], "www": "http://www.", "bare": "http://" + beginning[0], "doi": "https://doi.org/"}
        try:
            address = normalise(head[str(beginning.lastgroup)] + body)
        except AddressRefused:
            at = beginning.end()
            continue
        found.append((beginning.start(), end, address))
    return found


def _normalise_place(place: str, scheme: str) -> str:
    if "@" in place:
        raise AddressRefused(reason="credentials")
    if place.startswith("["):
        literal, bracket, after = place[1:].partition("]")
        try:
            host = f"[{ipaddress.IPv6Address(literal).compressed}]"
        except ValueError as error:
            raise AddressRefused(reason="host") from error
        if not bracket or (after and not after.startswith(":")):
            raise AddressRefused(reason="host")
        port_text = after[1:]
    else:
        name, _, port_text = place.partition(":")
        host = _normalise_host(name)
    if not port_text:
        return host
    if not re.fullmatch(r"[0-9]{1,5}", port_text) or not 0 < int(port_text) < 65536:
        raise AddressRefused(reason="port")
    return host if int(port_text) == _DEFAULT_PORTS[scheme] else f"{host}:{int(port_text)}"


def _normalise_host(name: str) -> str:
    host = unquote_to_bytes(name).decode("utf-8", "replace") if "%" in name else name
    if not host:
        raise AddressRefused(reason="no-host")
    host = host.removesuffix(".").lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise AddressRefused(reason="host") from error
    if not _HOST_NAME.fullmatch(host):
        raise AddressRefused(reason="host")
    if host.rpartition(".")[2].isdigit():
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError as error:
            raise AddressRefused(reason="host") from error
    return host


def _normalise_query(query: str) -> str:
    """A query, its ``?`` included, without the parameters that only follow people about."""
    if not query or not any(_FOLLOWING.match(part) for part in query[1:].split("&")):
        return _normalise_percent(query)
    kept = [part for part in query[1:].split("&") if not _FOLLOWING.match(part)]
    return _normalise_percent("?" + "&".join(kept)) if kept else ""


def _normalise_percent(text: str) -> str:
    return _PERCENT.sub(_one_percent, text)


def _one_percent(match: re.Match[str]) -> str:
    if match[1]:
        byte = int(match[1], 16)
        return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"
    if match[2]:
        return "%25"
    encoded = match[3].encode("utf-8")
    return "".join(f"%{byte:02X}" if byte > 0x7E or byte in _ENCODED else chr(byte) for byte in encoded)


def _shown_letters(match: re.Match[str]) -> str:
    try:
        decoded = bytes.fromhex(match[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    return "".join(
        letter
        if unicodedata.category(letter)[0] in "LN" and unicodedata.bidirectional(letter) in {"L", "EN"}
        else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8"))
        for letter in decoded
    )


def _display_host(host: str) -> str:
    if "xn--" not in host:
        return host
    try:
        labels = [idna.decode(label) if label.startswith("xn--") else label for label in host.split(".")]
    except (idna.IDNAError, UnicodeError):
        return host
    own_domain = _scripts(labels[-1]) == {"CYRILLIC"}
    return ".".join(
        label if _is_plain(label, own_domain=own_domain) else punycode
        for label, punycode in zip(labels, host.split("."), strict=True)
    )


def _is_plain(label: str, *, own_domain: bool) -> bool:
    scripts = _scripts(label)
    if len(scripts) > 1:
        return False
    return scripts != {"CYRILLIC"} or own_domain or bool(set(label) - set("аеорсухіјѕһӏԛԝвкмнтьг0123456789-"))


def _scripts(label: str) -> set[str]:
    return {unicodedata.name(letter, "UNKNOWN").split(" ")[0] for letter in label if letter.isalpha()}


def _read_body(text: str, start: int) -> tuple[int, str]:
    """Where the address that continues at ``start`` ends, and what stands between, line breaks gone."""
    body, end = "", start
    while piece := _BODY.match(text, end):
        new_address = _NEXT_ADDRESS.search(piece[0])
        body += piece[0][: new_address.start()] if new_address else piece[0]
        end = piece.start() + (new_address.start() if new_address else len(piece[0]))
        broken = None if new_address else _BREAK.match(text, end)
        if broken is None or not _goes_on(body, text, broken):
            break
        end = broken.end()
    kept = _without_tail(body)
    while end > start and len(kept) < len(body):
        end -= 1
        body = body[:-1] if text[end] == body[-1] else body
    return end, kept


_OTHER_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_LOOKS_REST = re.compile(r"[A-Za-z0-9]/[A-Za-z0-9]|\.(?:pdf|html?|php|aspx?|docx?)\b|[_=&%]|\w-\w+-\w")


def _goes_on(body: str, text: str, broken: re.Match[str]) -> bool:
    """Whether an address broken at white space continues behind it."""
    after = _CONTINUATION.match(text, broken.end())
    if after is None or _OTHER_ADDRESS.match(after[0]):
        return False
    if broken.end() - broken.start() > 2 and "\n" not in broken[0]:
        return False
    following = text[after.end() : after.end() + 1]
    if following and not following.isspace() and following not in '<>"»”’':
        return False
    looks_cut = body[-1] in "/-_=&?%\\"
    looks_rest = after[0][0] in "/_=&?%" or bool(_LOOKS_REST.search(after[0]))
    if "\n" in broken[0]:
        return looks_rest or (looks_cut and body[-1] != "/") or (looks_cut and bool(re.match(r"[a-z0-9\-]+[.,;)]?$", after[0])))
    return looks_cut and looks_rest


def _without_tail(body: str) -> str:
    while body:
        last = body[-1]
        if last in _TAIL or (last in _CLOSING and body.count(last) > body.count(_CLOSING[last])):
            body = body[:-1]
        else:
            break
    return body
