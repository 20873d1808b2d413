"""What Ibid may ask of the outside, decided before a packet leaves.

A report is written by others, so its notes may point anywhere: at the printer in the archivist's office, at the address
at which a cloud computer tells its secrets, at a file. The rules, in the order in which they are asked:

    http and https only                       not valid: file:///etc/hosts  ftp://example.org/
    no name and password in the address       not valid: http://me:secret@example.org/
    the ports of the web, or high ones        valid: 80 443 8080              not valid: 22 25 6667
    no names of this machine or this network  not valid: localhost  printer.local  router.lan  a name without a dot
    onion names only through a SOCKS proxy    not valid without one: example.onion
    every address the name resolves to is public, also when it is wrapped in an IPv6 form

Through a SOCKS proxy it is the proxy that resolves names, so the last rule is asked of addresses that are written as such, in every
spelling that a resolver takes for one (``127.1``, ``0x7f000001``); what the proxy makes of a name is the proxy's.

Otherwise the last rule is asked of what the name *really* resolved to and the connection goes to that very address
(:class:`archive.capture.fetch.CheckedBackend`), so a name that answers differently the second time gains nothing.
A host that the person named with their own hand (``--allow-private HOST``) is excepted from the rules about names, ports
and addresses, never from the first two.

Sources: the IANA special-purpose address registries (RFC 6890 and its updates), RFC 6761 (special-use names), the port
list of the Fetch standard (https://fetch.spec.whatwg.org/#port-blocking).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

import msgspec

from archive.errors import HostNotFound, HostUnreachable, ProxyUnreadable, RequestRefused


class Refusal(StrEnum):
    """Why Ibid itself did not ask; the ``reason`` of :class:`~archive.errors.RequestRefused`, ``refusal-<reason>`` in words."""

    SCHEME = "scheme"
    MALFORMED = "malformed"
    CREDENTIALS = "credentials"
    PORT = "port"
    LOCAL_NAME = "local_name"
    ONION = "onion"
    PRIVATE = "private"


class Target(msgspec.Struct, frozen=True):
    """Where one request goes. ``host`` is lower-case ASCII without brackets, ``path`` begins with a slash and holds the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


Resolve = Callable[[str, int], Sequence[str]]

_PORTS = {"http": 80, "https": 443}
_FIRST_HIGH_PORT = 1024
_BAD_HIGH_PORTS = frozenset({
    *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566),
    *(6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
})
_LOCAL_ENDINGS = ("localhost", "local", "internal", "lan", "home", "corp", "intranet", "private", "home.arpa")
_NEVER_RESOLVED_ENDINGS = ("invalid", "test", "example")

_V4_NOT_PUBLIC = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # the metadata address of one large cloud, though it looks public
    )
)
_V6_UNICAST = ipaddress.IPv6Network("2000::/3")
_V6_NOT_PUBLIC = tuple(ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def check_address(address: str, *, allowed_private: Collection[str] = (), has_proxy: bool = False) -> Target:
    """Where a request for ``address`` would go, if everything that can be seen without asking the network allows it.

    Args:
        address: an absolute address; its fragment is left out.
        allowed_private: hosts the person named.
        has_proxy: whether a SOCKS proxy is asked, which may know onion names.

    Raises:
        RequestRefused: a rule of this page says no.
        HostNotFound: the name is one that never exists (RFC 6761); asking for it would only tell who asks.
    """
    try:
        parts = urlsplit(address)
        host = _plain_host(parts.hostname or "")
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise RequestRefused(host="", reason=Refusal.MALFORMED.value) from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise RequestRefused(host=host, reason=Refusal.SCHEME.value)
    if not host or not (parts.path + parts.query).isascii():
        raise RequestRefused(host=host, reason=Refusal.MALFORMED.value)
    if "@" in parts.netloc:
        raise RequestRefused(host=host, reason=Refusal.CREDENTIALS.value)
    port = _PORTS[scheme] if port is None else port
    if not _is_allowed(host, allowed_private):
        _check_name(host, has_proxy=has_proxy)
        if not _is_web_port(port):
            raise RequestRefused(host=host, reason=Refusal.PORT.value)
    return Target(scheme, host, port, _path_and_query(parts))


def public_addresses(host: str, port: int, *, resolve: Resolve, allowed_private: Collection[str] = ()) -> tuple[str, ...]:
    """The addresses of ``host`` to connect to, at least one, in the resolver's order; all of them were checked.

    One address that is not public condemns the name: a name that leads both outside and inside is an attack.

    Raises:
        HostNotFound: the name has no address.
        HostUnreachable: the resolver could not answer.
        RequestRefused: an address is not public.
    """
    addresses = tuple(dict.fromkeys(resolve(host, port)))
    if not addresses:
        raise HostNotFound(host=host)
    if not _is_allowed(host, allowed_private) and not all(map(is_public, addresses)):
        raise RequestRefused(host=host, reason=Refusal.PRIVATE.value)
    return addresses


def check_literal(host: str, *, allowed_private: Collection[str] = ()) -> None:
    """Where ``host`` is an address and no name, in whatever spelling, it must be public.

    Raises:
        RequestRefused: it is not.
    """
    try:
        ip_text = host if ":" in host else socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return
    if not _is_allowed(host, allowed_private) and not is_public(ip_text):
        raise RequestRefused(host=host, reason=Refusal.PRIVATE.value)


class Proxy(NamedTuple):
    """A SOCKS proxy, and what it wants to hear before it serves; both empty where it wants nothing."""

    host: str
    port: int
    user: str = ""
    password: str = ""


def proxy_of(text: str) -> Proxy:
    """The proxy that ``socks5h://host:port`` names (``socks5://`` means the same here: we never resolve a name for it).

    Raises:
        ProxyUnreadable: it names none.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ProxyUnreadable from error
    if parts.scheme not in {"socks5h", "socks5"} or not host or not port or parts.path.strip("/") or parts.query:
        raise ProxyUnreadable
    return Proxy(host, port, unquote(parts.username or ""), unquote(parts.password or ""))


def is_public(ip_text: str) -> bool:
    """Whether an address belongs to the public internet.

    ``::ffff:10.0.0.1``, ``2002:0a00:0001::`` and ``64:ff9b::10.0.0.1`` are 10.0.0.1 in IPv6 clothes and are not public. NAT64 of a
    public address is: on networks that speak only IPv6 every old host is reached so.
    """
    try:
        ip = ipaddress.ip_address(ip_text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        return ip in _V6_UNICAST and not any(ip in network for network in _V6_NOT_PUBLIC)
    return not any(ip in network for network in _V4_NOT_PUBLIC)


def resolve_by_system(host: str, port: int) -> tuple[str, ...]:
    """The addresses the operating system gives for ``host``.

    Raises:
        HostNotFound: the name has no address.
        HostUnreachable: nobody could be asked (``dns``): offline, or the name server does not answer.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}:
            raise HostNotFound(host=host) from error
        raise HostUnreachable(host=host, reason="dns") from error
    except (OSError, UnicodeError) as error:
        raise HostUnreachable(host=host, reason="dns") from error
    return tuple(str(sockaddr[0]) for *_, sockaddr in found)


def _plain_host(host: str) -> str:
    """Lower case, in the letters of the network (IDNA), without the dot of the root."""
    host = host.strip("[]").rstrip(".").lower()
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _is_allowed(host: str, allowed_private: Collection[str]) -> bool:
    return host in {_plain_host(name) for name in allowed_private}


def _check_name(host: str, *, has_proxy: bool) -> None:
    endings = {host, *(host[at + 1 :] for at, sign in enumerate(host) if sign == ".")}
    if "onion" in endings and not has_proxy:
        raise RequestRefused(host=host, reason=Refusal.ONION.value)
    is_number = ":" in host or host.rpartition(".")[2].isdigit()
    if not endings.isdisjoint(_LOCAL_ENDINGS) or ("." not in host and not is_number):
        raise RequestRefused(host=host, reason=Refusal.LOCAL_NAME.value)
    if not endings.isdisjoint(_NEVER_RESOLVED_ENDINGS):
        raise HostNotFound(host=host)


def _is_web_port(port: int) -> bool:
    return port in _PORTS.values() or (port >= _FIRST_HIGH_PORT and port not in _BAD_HIGH_PORTS)


def _path_and_query(parts: SplitResult) -> str:
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return f"{path}?{parts.query}" if parts.query else path
