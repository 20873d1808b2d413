"""What may be asked of the outside, without asking it."""

from __future__ import annotations

import pytest

from archive.capture.policy import check_address, is_public, public_addresses
from archive.errors import HostNotFound, RequestRefused


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/hosts", "scheme"),
        ("ftp://example.org/x", "scheme"),
        ("gopher://example.org:70/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http:///nothing", "malformed"),
        ("http://[::1/", "malformed"),
        ("http://example.org/не-закодировано", "malformed"),
        ("http://example.org:port/", "malformed"),
        ("http://me:secret@example.org/", "credentials"),
        ("http://@example.org/", "credentials"),
        ("http://example.org:22/", "port"),
        ("http://example.org:25/", "port"),
        ("http://example.org:6667/", "port"),
        ("http://localhost/", "local_name"),
        ("http://LOCALHOST./", "local_name"),
        ("http://a.localhost:8080/", "local_name"),
        ("http://printer.local/", "local_name"),
        ("http://metadata.google.internal/", "local_name"),
        ("http://router/", "local_name"),
        ("http://router.home.arpa/", "local_name"),
        ("http://duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion/", "onion"),
    ],
)
def test_an_address_that_ibid_never_asks_for_is_refused_with_its_reason(address: str, reason: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        check_address(address)
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize("address", ["http://archive.invalid/", "https://sample.ibid.example/a", "http://x.test/"])
def test_a_name_that_never_exists_is_not_asked_for(address: str) -> None:
    with pytest.raises(HostNotFound):
        check_address(address)


@pytest.mark.parametrize(
    ("address", "host", "port", "path", "authority"),
    [
        ("https://spring96.org/ru/news/117167", "spring96.org", 443, "/ru/news/117167", "spring96.org"),
        ("http://Example.ORG:8080?a=1#part", "example.org", 8080, "/?a=1", "example.org:8080"),
        ("http://прыклад.бел/", "xn--80aiqesg1f.xn--90ais", 80, "/", "xn--80aiqesg1f.xn--90ais"),
        ("http://[2606:4700::1111]/", "2606:4700::1111", 80, "/", "[2606:4700::1111]"),
    ],
)
def test_an_address_of_the_public_web_says_where_it_goes(address: str, host: str, port: int, path: str, authority: str) -> None:
    target = check_address(address)
    assert (target.host, target.port, target.path, target.authority) == (host, port, path, authority)


@pytest.mark.parametrize(
    "ip",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.31.255.255"),
        *("192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "255.255.255.255"),
        *("168.63.129.16", "240.0.0.1"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1"),
        *("fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "2002:0808:0808::", "64:ff9b::10.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b:1::808:808", "100::1", "3fff::1", "no address"),
    ],
)
def test_an_address_of_no_public_network_is_not_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8"]
)
def test_an_address_of_the_internet_is_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "017700000001"])
def test_a_number_that_means_this_machine_is_refused_after_it_was_resolved(host: str) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    target = check_address(f"http://{host}/")
    with pytest.raises(RequestRefused):
        public_addresses(target.host, target.port, resolve=resolve)


def test_one_private_address_among_public_ones_condemns_the_name() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14", "10.0.0.1"]

    with pytest.raises(RequestRefused) as refused:
        public_addresses("example.org", 80, resolve=resolve)
    assert refused.value.facts == {"host": "example.org", "reason": "private"}


def test_a_host_that_the_person_named_may_be_private_and_no_other() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        return ["10.0.0.1"]

    assert check_address("http://intranet:81/", allowed_private=("Intranet",)).port == 81
    assert public_addresses("intranet", 81, resolve=resolve, allowed_private=("Intranet",)) == ("10.0.0.1",)
    with pytest.raises(RequestRefused):
        public_addresses("other.org", 80, resolve=resolve, allowed_private=("intranet",))
    with pytest.raises(RequestRefused):
        check_address("file://intranet/x", allowed_private=("intranet",))


def test_a_name_without_any_address_is_a_host_not_found() -> None:
    with pytest.raises(HostNotFound):
        public_addresses("example.org", 80, resolve=lambda _host, _port: [])
