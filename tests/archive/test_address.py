"""What is a web address, when two are the same, and where they stand in a text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.address import display, find_addresses, host_of, normalise, place_of
from archive.errors import AddressRefused

SAME = [
    pytest.param("HTTPS://Spring96.ORG:443", "https://spring96.org/", id="case, port and empty path"),
    pytest.param("http://a.org:80/x", "http://a.org/x", id="port of http"),
    pytest.param("http://a.org:8080/x", "http://a.org:8080/x", id="another port stays"),
    pytest.param("https://a.org./x", "https://a.org/x", id="final dot of the host"),
    pytest.param(r"https://a.org/trade\_unions\_web-1.pdf", "https://a.org/trade_unions_web-1.pdf", id="escapes of Markdown"),
    pytest.param(r"https://a.org/trade\\_unions", "https://a.org/trade_unions", id="escapes escaped once more"),
    pytest.param("https://a.org/en/\n documents/eur49", "https://a.org/en/documents/eur49", id="broken over lines"),
    pytest.param("https://a.org/site\u00ad-resources\u200b/x", "https://a.org/site-resources/x", id="soft hyphen and zero width"),
    pytest.param("https://a.org/%7euser/%d0%9c", "https://a.org/~user/%D0%9C", id="percent-encoding that means the same"),
    pytest.param("https://a.org/%2F%3f", "https://a.org/%2F%3F", id="percent-encoding that means something else stays"),
    pytest.param("https://a.org/100%", "https://a.org/100%25", id="a lone percent sign"),
    pytest.param("https://a.org/p#part", "https://a.org/p", id="fragment"),
    pytest.param(
        "https://be.wikipedia.org/wiki/Мінск",
        "https://be.wikipedia.org/wiki/%D0%9C%D1%96%D0%BD%D1%81%D0%BA",
        id="letters in a path",
    ),
    pytest.param("http://прыклад.бел/", "http://xn--80aiqesg1f.xn--90ais/", id="letters in a host"),
    pytest.param("http://[::1]:80/x", "http://[::1]/x", id="IPv6"),
    pytest.param(
        "https://WWW.a.org/B/?z=1&a=2", "https://www.a.org/B/?z=1&a=2", id="www, final slash, query order and case stay"
    ),
    pytest.param("https://a.org/x?utm_source=tg&id=3&fbclid=Z", "https://a.org/x?id=3", id="parameters that follow people about"),
    pytest.param("https://a.org/x?utm_source=tg", "https://a.org/x", id="nothing else in the query"),
    pytest.param(
        "https://a.org/?utm=1&ref=2&a_fbclid=3", "https://a.org/?utm=1&ref=2&a_fbclid=3", id="parameters that look like them"
    ),
    pytest.param("https://a.org/x?", "https://a.org/x?", id="an empty query stays"),
]

ONE_PLACE = (
    "https://www.a.org/x/",
    "http://a.org/x",
    "HTTPS://A.org:443/x#part",
    "http://www.a.org/x/?utm_medium=mail",
    r"https://a.org/%78",
)
OTHER_PLACES = ("https://a.org/X", "https://m.a.org/x", "https://a.org/x?id=3", "https://a.org:8080/x", "https://www.org/x")

REFUSED = [
    pytest.param("", "empty", id="nothing"),
    pytest.param(" \n\u200b", "empty", id="only white space"),
    pytest.param("javascript:alert(1)", "scheme", id="javascript"),
    pytest.param("java\nscript:alert(1)", "scheme", id="javascript over two lines"),
    pytest.param("data:text/html,x", "scheme", id="data"),
    pytest.param("file:///etc/passwd", "scheme", id="file"),
    pytest.param("www.a.org", "scheme", id="no scheme"),
    pytest.param("https:///path", "no-host", id="no host"),
    pytest.param("https:path", "no-host", id="no slashes"),
    pytest.param("https://user:secret@a.org/", "credentials", id="name and password"),
    pytest.param(r"https://bank.by\@a.org/", "credentials", id="disguised host"),
    pytest.param("https://a b!.org/", "host", id="no host name"),
    pytest.param("http://1.2.3/", "host", id="half an IP address"),
    pytest.param("http://[::zz]/", "host", id="no IPv6"),
    pytest.param("https://a.org:99999/", "port", id="port too high"),
    pytest.param("https://a.org:x/", "port", id="port with letters"),
    pytest.param("https://a.org/\\x", "backslash", id="backslash before a letter"),
    pytest.param("https://a.org/\x00", "control-character", id="control character"),
    pytest.param("https://a.org/\u202egpj.exe", "control-character", id="direction override"),
    pytest.param("https://a.org/" + "x" * 8000, "too-long", id="longer than anything"),
]

FOUND = [
    pytest.param("Гл. https://a.by/x.", ["https://a.by/x"], id="full stop"),
    pytest.param(
        "(https://a.by/x_(y)), «https://b.by/z».", ["https://a.by/x_(y)", "https://b.by/z"], id="brackets and quotation marks"
    ),
    pytest.param("<https://a.by/1>, <https://a.by/2>", ["https://a.by/1", "https://a.by/2"], id="angle brackets"),
    pytest.param(
        "https://a.by/1,https://b.by/2;https://c.by", ["https://a.by/1", "https://b.by/2", "https://c.by/"], id="no space between"
    ),
    pytest.param(
        "https://web.archive.org/web/2021/https://x.org/y",
        ["https://web.archive.org/web/2021/https://x.org/y"],
        id="an address in an address",
    ),
    pytest.param(
        "https://a.org/en/ documents/2021/en, стр. 4", ["https://a.org/en/documents/2021/en"], id="broken behind a slash"
    ),
    pytest.param("https://a.org/site-\nresources/a.pdf.", ["https://a.org/site-resources/a.pdf"], id="broken behind a hyphen"),
    pytest.param("https://a.org/long\n/rest.html", ["https://a.org/long/rest.html"], id="broken before a slash"),
    pytest.param("https://a.org/ and then", ["https://a.org/"], id="a word after an address"),
    pytest.param("https://a.org/en\nThe rest", ["https://a.org/en"], id="a new line after an address"),
    pytest.param("www.a.org/x і t.me/viasna96", ["http://www.a.org/x", "http://t.me/viasna96"], id="without a scheme"),
    pytest.param("doi:10.1000/182. DOI 10.1/x", ["https://doi.org/10.1000/182"], id="DOI"),
    pytest.param("https://doi.org/10.1000/182", ["https://doi.org/10.1000/182"], id="DOI as an address"),
    pytest.param("and/or A/HRC/58/68, e.g./i.e., mail@a.org/x, 24.01.2025/1", [], id="no addresses"),
    pytest.param("https://user:secret@a.org/ https://b.org/", ["https://b.org/"], id="one refused, the next found"),
]


@pytest.mark.parametrize(("text", "address"), SAME)
def test_spellings_that_mean_the_same_become_one(text: str, address: str) -> None:
    assert normalise(text) == address


def test_five_spellings_of_one_place_are_one_place() -> None:
    assert {place_of(normalise(each)) for each in ONE_PLACE} == {"a.org/x"}


@pytest.mark.parametrize("address", OTHER_PLACES)
def test_other_places_stay_others(address: str) -> None:
    assert place_of(normalise(address)) != "a.org/x"


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_never_opened_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        normalise(text)
    assert refusal.value.facts == {"reason": reason}


@pytest.mark.parametrize(("text", "addresses"), FOUND)
def test_addresses_are_found_in_running_text(text: str, addresses: list[str]) -> None:
    assert [address for _, _, address in find_addresses(text)] == addresses


def test_a_found_address_says_where_it_stands() -> None:
    text = "Крыніца: https://a.org/en/\ndocuments/1, с. 2"
    start, end, _ = find_addresses(text)[0]
    assert text[start:end] == "https://a.org/en/\ndocuments/1"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param("http://прыклад.бел/навіны", "http://прыклад.бел/навіны", id="own domain"),
        pytest.param(
            "https://ru.wikipedia.org/wiki/%D0%9C%D0%B8%D0%BD%D1%81%D0%BA", "https://ru.wikipedia.org/wiki/Минск", id="path"
        ),
        pytest.param("http://аррӏе.com/", "http://xn--80ak6aa92e.com/", id="Cyrillic that looks Latin"),
        pytest.param("http://pаypal.com/", "http://xn--pypal-4ve.com/", id="two scripts in one label"),
        pytest.param("https://a.org/%E2%80%AE%20x", "https://a.org/%E2%80%AE%20x", id="what is no letter stays encoded"),
        pytest.param("https://a.org/%D7%90", "https://a.org/%D7%90", id="letters that turn the direction stay encoded"),
    ],
)
def test_an_address_is_shown_readably_but_never_misleadingly(address: str, shown: str) -> None:
    assert display(address) == shown


def test_the_host_of_an_address_is_its_name_on_the_network() -> None:
    assert host_of("https://прыклад.бел:8080/x") == "xn--80aiqesg1f.xn--90ais"
    assert host_of("http://[::1]:8080/") == "[::1]"


@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://a.org/", "https://a.by/%", "http://é"]))
def test_normalising_raises_only_ours_and_twice_changes_nothing_more(text: str, start: str) -> None:
    try:
        address = normalise(start + text)
    except AddressRefused:
        return
    assert normalise(address) == address
    assert address.isascii()
    assert normalise(display(address)) == address
    assert host_of(address)


@given(st.text(alphabet=st.sampled_from("https://a.by/doi:10.1234 \n()[]«»-_%?&=№я"), max_size=80))
def test_found_addresses_stand_in_order_and_are_normalised(text: str) -> None:
    at = 0
    for start, end, address in find_addresses(text):
        assert at <= start < end <= len(text)
        assert normalise(address) == address
        at = end


def test_the_addresses_of_the_founding_statement_survive_byte_for_byte(seeds: Path) -> None:
    text = next(seeds.glob("000_*.txt")).read_text(encoding="utf-8")
    addresses = re.findall(r"(?:<|\]\()(https://[^>)]+)[>)]", text)
    assert len(addresses) == 11
    assert [normalise(address) for address in addresses] == addresses
