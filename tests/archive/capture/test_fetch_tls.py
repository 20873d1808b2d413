"""TLS: the name must be the certificate's and the authority one that is believed, also when the connection goes to a checked address."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
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
