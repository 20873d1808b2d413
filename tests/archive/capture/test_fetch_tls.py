"""TLS: the name must be the certificate's and the authority one that is believed, also when the connection goes to a checked address."""

from __future__ import annotations

import hashlib
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.capture.fetch import fetch
from archive.model.source import Ending, FetchOrder

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="making a certificate needs the program openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and a certificate for named.org that nobody signed but itself."""
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "named.pem"
    assert OPENSSL is not None
    subprocess.run(
        [
            *(OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-keyout", str(key), "-out", str(made), "-subj", "/CN=named.org", "-addext", "subjectAltName=DNS:named.org"),
        ],
        check=True,
        capture_output=True,
        timeout=20,
    )
    return key, made


@pytest.fixture
def secure_site(site, certificate) -> Iterator:
    key, made = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    return site


def _order(site, name: str) -> FetchOrder:
    return FetchOrder(address=site.at("/article", host=name).replace("http:", "https:"), allowed_private=(name,))


def _nearby(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def test_a_certificate_of_a_believed_authority_with_the_right_name_is_taken(secure_site, certificate, limits, article) -> None:
    trust = ssl.create_default_context(cafile=str(certificate[1]))
    fetched = fetch(_order(secure_site, "named.org"), limits, resolve=_nearby, trust=trust)
    assert fetched.ending is Ending.COMPLETE
    assert fetched.exchanges[0].body.decode() == article


def test_the_right_authority_for_another_name_is_not_taken(secure_site, certificate, limits) -> None:
    trust = ssl.create_default_context(cafile=str(certificate[1]))
    fetched = fetch(_order(secure_site, "other.org"), limits, resolve=_nearby, trust=trust)
    assert (fetched.error, fetched.facts["reason"]) == ("host-unreachable", "tls")
    assert secure_site.seen == []


def test_a_certificate_that_signed_itself_is_not_taken(secure_site, limits) -> None:
    fetched = fetch(_order(secure_site, "named.org"), limits, resolve=_nearby)
    assert (fetched.error, fetched.facts["reason"]) == ("host-unreachable", "tls")
    assert secure_site.seen == []


def test_what_the_host_proved_itself_with_is_told_in_words(web, limits) -> None:
    order = FetchOrder(address=web.at("secure.test", "/", is_secure=True), allowed_private=web.hosts)
    fetched = fetch(order, limits, resolve=web.resolve, trust=web.trust)
    (certificate,) = fetched.evidence.certificates
    assert (certificate.host, certificate.subject) == ("secure.test", "CN=sites.test")
    assert certificate.issuer == "CN=Root of the tests,O=Loopback Notaries"
    pem = (web.certificates / "site.pem").read_text(encoding="ascii")
    assert certificate.digest == hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    assert certificate.valid_from.utcoffset() == certificate.valid_until.utcoffset() == timedelta(0)
    assert timedelta(days=1) < certificate.valid_until - certificate.valid_from < timedelta(days=3)
    assert fetched.evidence.program.startswith("Ibid 0")


def test_without_tls_there_is_nothing_proved(web, limits) -> None:
    order = FetchOrder(address=web.at("absolute.test"), allowed_private=web.hosts)
    assert fetch(order, limits, resolve=web.resolve).evidence.certificates == ()
