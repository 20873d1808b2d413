"""Records of a web archive, found one after the other whatever stands between them."""

from __future__ import annotations

import io

from archive.formats import warc
from tests.archive.web_files import Warc, page

PIER = "https://pier.example/"


def _record(address: str, body: bytes, number: int) -> bytes:
    return Warc().answer(address, body, more={"WARC-Record-ID": f"<urn:uuid:{number:032x}>"}).bytes()


def test_a_damaged_record_does_not_swallow_the_beginning_of_the_next() -> None:
    for number in (7, 13, 40, 41, 52):  # so named and packed, what is left of the record unpacks to something like one
        spoilt = bytearray(_record(PIER + "1", page("z" * 300), number))
        spoilt[40:80] = b"\xff" * 40
        whole = _record(PIER, page("/"), 1) + bytes(spoilt) + _record(PIER + "2", page("2"), 2)
        found = warc.survey(warc.opened(io.BytesIO(whole)), 0)
        assert [each.address for each in found if isinstance(each, warc.Record) and each.address] == [PIER, PIER + "2"]
