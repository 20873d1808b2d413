"""Sounds and films of a page: the browser streams them and keeps nothing, so each is stopped where its answer begins and read whole first.

Only what states a length, and one that is allowed, is read; a stream without end goes on as it would have. Nothing is written to a file, as the
developer tools' own streams are.
"""

from __future__ import annotations

from base64 import b64decode
from typing import Any

from viewer.sources.devtools import DevTools

PAUSED = "Fetch.requestPaused"
"""The event that a medium's answer has begun."""


class MediaTaken:
    """The bytes of media by the number of their request.

    Args:
        limit_bytes: what all of them together may have.
        part_bytes: what one may have.
    """

    def __init__(self, *, limit_bytes: int, part_bytes: int) -> None:
        self._left_bytes, self._part_bytes = limit_bytes, part_bytes
        self.bodies: dict[str, bytes] = {}

    @staticmethod
    def begin(tools: DevTools) -> None:
        """Have answers of media stopped where they begin.

        Raises:
            NoAnswer: the tools cannot.
        """
        tools.ask("Fetch.enable", patterns=[{"urlPattern": "*", "resourceType": "Media", "requestStage": "Response"}])

    def take(self, tools: DevTools, params: dict[str, Any]) -> None:
        """Read one that was stopped, if it may be read, and let it go on."""
        stopped, request = str(params.get("requestId", "")), str(params.get("networkId", ""))
        headers = {str(one.get("name", "")).lower(): str(one.get("value", "")) for one in params.get("responseHeaders", [])}

        def go_on(found: dict[str, Any] | None) -> None:
            if found is not None and request:
                body = str(found.get("body", ""))
                self.bodies[request] = b64decode(body) if found.get("base64Encoded") else body.encode("latin-1", "replace")
            tools.send("Fetch.continueResponse", lambda _done: None, requestId=stopped)

        length = _whole_length(int(params.get("responseStatusCode", 0)), headers)
        if 0 < length <= min(self._part_bytes, self._left_bytes):
            self._left_bytes -= length
            tools.send("Fetch.getResponseBody", go_on, requestId=stopped)
        else:
            go_on(None)


def _whole_length(status: int, headers: dict[str, str]) -> int:
    """How long an answer is that holds the whole medium (RFC 9110 section 14.4); 0 where it does not say, or holds a piece."""
    stated = headers.get("content-length", "")
    length = int(stated) if stated.isdigit() else 0
    if status == 206:
        return length if headers.get("content-range", "").startswith(f"bytes 0-{length - 1}/{length}") else 0
    return length if status == 200 else 0
