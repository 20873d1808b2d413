"""The loopback web itself: large enough, and answering as it says."""

from __future__ import annotations

import socket
import urllib.request

from tests.web.sites import CASES, SITES


def test_there_are_sites_and_pages_enough_and_every_case_names_one_of_them() -> None:
    assert len(SITES) >= 40
    assert len({case.name for case in CASES}) == len(CASES) >= 100
    for case in CASES:
        assert case.path in SITES[case.host], case.name


def test_a_page_names_others_with_the_port_at_which_they_stand(web) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{web.port}/", headers={"Host": f"absolute.test:{web.port}"})
    with urllib.request.urlopen(request) as answer:
        assert f"http://pictures.test:{web.port}/2.png".encode() in answer.read()
    plain = urllib.request.Request(f"http://127.0.0.1:{web.port}/", headers={"Host": "absolute.test"})
    with urllib.request.urlopen(plain) as answer:
        assert b"http://pictures.test/2.png" in answer.read()
    assert [(seen.host, seen.path) for seen in web.seen] == [("absolute.test", "/")] * 2


def test_what_speaks_only_http_2_does_so_when_asked(web) -> None:
    trust = web.trust
    trust.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", web.secure_port), timeout=5) as plain,
        trust.wrap_socket(plain, server_hostname="h2only.test") as secured,
    ):
        assert secured.selected_alpn_protocol() == "h2"
        settings, request = bytes.fromhex("000000040000000000"), bytes.fromhex("0000030105000000018287" + "84")
        secured.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings + request)
        came = b""
        while b"</html>" not in came and (part := secured.recv(65536)):
            came += part
    assert b"ferry book" in came
