"""Web archives of others on the loopback: one as the Internet Archive and pywb are (RFC 7089), one that is a plain Memento server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from tests.web.serving import Answer, Sites, Visit


@dataclass
class Keeper:
    """What a web archive keeps: of each address, answers by their moments (14 digits); ``wishes`` are the days asked for."""

    kept: dict[str, dict[str, Answer]] = field(default_factory=dict)
    wishes: list[str] = field(default_factory=list)

    def keep(self, address: str, moment: str, answer: Answer) -> None:
        """Keep one more."""
        self.kept.setdefault(address, {})[moment] = answer

    def sites(self) -> Sites:
        """The hosts at which it answers: ``keeper.test`` and ``plain-keeper.test``."""
        return {"keeper.test": {"*": self._answer}, "plain-keeper.test": {"*": self._answer_plainly}}

    def _nearest(self, address: str, moment: str) -> str | None:
        return min(self.kept.get(address, ()), key=lambda kept: abs(_at(kept) - _at(moment)), default=None)

    def _answer(self, visit: Visit) -> None:
        found = re.fullmatch(r"/web/(?:(\d{14})(id_)?/)?(https?://.+)", visit.path)
        if found is None:
            visit.send(Answer("no", status=404))
            return
        moment, raw, address = found.groups()
        wish = visit.headers.get("Accept-Datetime", "")
        if not moment:
            self.wishes.append(wish)
        wanted = moment or (f"{parsedate_to_datetime(wish):%Y%m%d%H%M%S}" if wish else "20991231000000")
        nearest = self._nearest(address, wanted)
        base = f"http://{visit.headers['Host']}/web/"
        if nearest is None:
            visit.send(Answer("Hrm. Nobody kept that page.", status=404))
        elif nearest != moment:
            visit.send(
                Answer(
                    "", status=302, headers=(("Location", f"{base}{nearest}{raw or ''}/{address}"), ("Vary", "accept-datetime"))
                )
            )
        else:
            self._send_kept(visit, self.kept[address][nearest], nearest, f"{base}{nearest}{raw or ''}/", is_raw=bool(raw))

    @staticmethod
    def _send_kept(visit: Visit, answer: Answer, moment: str, base: str, *, is_raw: bool) -> None:
        said = ("Memento-Datetime", format_datetime(_at(moment), usegmt=True))
        own = tuple((f"X-Archive-Orig-{name}", value) for name, value in answer.headers if name != "Location")
        leads = tuple((name, base + value) for name, value in answer.headers if name == "Location")
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        shown = body if is_raw else b"<div id=toolbar>Kept by the keeper</div>" + body
        visit.send(Answer(shown, kind=answer.kind, status=answer.status, headers=(said, *own, *leads)))

    def _answer_plainly(self, visit: Visit) -> None:
        if visit.path.startswith("/gate/"):
            address = visit.path.removeprefix("/gate/")
            nearest = self._nearest(address, "20991231000000")
            number = None if nearest is None else sorted(self.kept).index(address)
            visit.send(
                Answer("", status=404)
                if number is None
                else Answer("", status=302, headers=(("Location", f"/memento/{number}"),))
            )
            return
        address = sorted(self.kept)[int(visit.path.removeprefix("/memento/"))]
        moment, answer = next(iter(self.kept[address].items()))
        headers = (("Memento-Datetime", format_datetime(_at(moment), usegmt=True)), ("Link", f'<{address}>; rel="original"'))
        visit.send(Answer(answer.body, kind=answer.kind, status=answer.status, headers=headers))


def _at(moment: str) -> datetime:
    return datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
