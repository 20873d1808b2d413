"""What a host proved itself with, in words that a person can compare: subject, issuer, validity, SHA-256."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from archive.model.source import Certificate
from archive.values import digest_of

# RFC 4514 section 3; OpenSSL's long names on the left.
_SHORT = {
    "commonName": "CN",
    "localityName": "L",
    "stateOrProvinceName": "ST",
    "organizationName": "O",
    "organizationalUnitName": "OU",
    "countryName": "C",
    "streetAddress": "STREET",
    "domainComponent": "DC",
    "userId": "UID",
}


def certificate_of(connection: object, host: str) -> Certificate | None:
    """The certificate of the other side of a connection whose handshake is done and that was verified; None without TLS.

    Args:
        connection: a socket; only one of TLS has a certificate.
        host: the name that was asked for.
    """
    if not isinstance(connection, ssl.SSLSocket):
        return None
    encoded, stated = connection.getpeercert(binary_form=True), connection.getpeercert()
    if not encoded or not stated:
        return None
    return Certificate(
        host=host,
        subject=_name(stated.get("subject", ())),
        issuer=_name(stated.get("issuer", ())),
        valid_from=_moment(str(stated["notBefore"])),
        valid_until=_moment(str(stated["notAfter"])),
        digest=digest_of(encoded),
    )


def _name(sequence: Iterable[Any]) -> str:
    """A distinguished name as text (RFC 4514): the most specific first, special characters escaped."""
    parts = [
        "+".join(f"{_SHORT.get(kind, kind)}={_escaped(value)}" for kind, value in relative)
        for relative in reversed(tuple(sequence))
    ]
    return ",".join(parts)


def _escaped(value: str) -> str:
    text = "".join(f"\\{sign}" if sign in '",+;<>\\' else sign for sign in value)
    text = f"\\{text}" if text.startswith(("#", " ")) else text
    return f"{text[:-1]}\\ " if text.endswith(" ") and len(text) > 1 else text


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
