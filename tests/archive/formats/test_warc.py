"""Records of a web archive, found one after the other whatever stands between them."""

from __future__ import annotations

import io

from archive.formats import warc
from tests.archive.web_files import Warc, page

PIER = "https://pier.example/"


def test_a_damaged_record_does_not_swallow_the_beginning_of_the_next() -> None:
    first, last = (Warc().answer(address, page(address[-1])).bytes() for address in (PIER, PIER + "2"))
    for n in (7, 13, 52, 67):  # so packed, what is left of the record unpacks to something like one
        named = {"WARC-Record-ID": f"<urn:uuid:{n:032x}>"}
        spoilt = bytearray(Warc().answer(PIER + "1", page("z" * 300), more=named).bytes())
        spoilt[40:80] = b"\xff" * 40
        found = warc.survey(warc.opened(io.BytesIO(first + bytes(spoilt) + last)), 0)
        assert [each.address for each in found if isinstance(each, warc.Record) and each.address] == [PIER, PIER + "2"]
