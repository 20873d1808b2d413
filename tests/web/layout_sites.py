"""Sites whose pages need more than themselves: pictures, styles, fonts, frames, named in every way there is."""

from __future__ import annotations

from tests.web.serving import Answer, Sites, Visit
from tests.web.words import TEXTS, article, png, short, svg

PNG, CSS, SVG, WOFF = "image/png", "text/css", "image/svg+xml", "font/woff2"
STYLE = "body { font-family: serif; max-width: 40em; margin: 2em auto; background: #fdf8ee } h1 { color: #304050 } img { margin: 4px }"
FONT = b"wOF2" + bytes(60)  # looks like one and draws nothing: browsers fall back to the next in the list


def _colour(n: int) -> Answer:
    return Answer(png(40 + 37 * n % 200, 200 - 53 * n % 180, 90 + 71 * n % 150), kind=PNG)


def _cookie_shown(visit: Visit) -> None:
    """A picture for those who bring the page's cookie, and for nobody else."""
    visit.send(_colour(1) if "room=7" in visit.headers.get("Cookie", "") else Answer("no", status=403))


def _hanging(visit: Visit) -> None:
    visit.server.web.closing.wait(1.5)


LAYOUT_SITES: Sites = {
    "pictures.test": {f"/{n}.png": _colour(n) for n in range(12)}
    | {
        "/mark.svg": Answer(svg("#a03020"), kind=SVG),
        "/style.css": Answer(STYLE + " h1 { background: url(3.png) no-repeat right }", kind=CSS),
    },
    "relative.test": {
        "/a/b/page.html": Answer(
            article(
                head="<link rel=stylesheet href='../look/style.css'>",
                extra="<p><img src='pic.png' alt=''> <img src='../pic.png' alt=''> <img src='./sub/pic.png?w=1&amp;h=2' alt=''></p>",
            )
        ),
        "/a/look/style.css": Answer(STYLE + "h1 { background: url('../look/bar.png') }", kind=CSS),
        "/a/look/bar.png": _colour(2),
        "/a/b/pic.png": _colour(3),
        "/a/pic.png": _colour(4),
        "/a/b/sub/pic.png": _colour(5),
    },
    "rooted.test": {
        "/deep/in/here": Answer(article(head="<link rel=stylesheet href=/s.css>", extra="<img src=/pic.png alt=''>")),
        "/s.css": Answer(STYLE, kind=CSS),
        "/pic.png": _colour(6),
    },
    "schemeless.test": {
        "/": Answer(
            article(
                head="<link rel=stylesheet href='//pictures.test/style.css'>", extra="<img src='//pictures.test/1.png' alt=''>"
            )
        )
    },
    "absolute.test": {
        "/": Answer(article(extra="<img src='http://pictures.test/2.png' alt=''><img src=' http://pictures.test/4.png ' alt=''>"))
    },
    "based.test": {
        "/far/from/here": Answer(
            article(
                head="<base href='http://pictures.test/'><link rel=stylesheet href=style.css>", extra="<img src=5.png alt=''>"
            )
        )
    },
    "srcset.test": {
        "/": Answer(
            article(
                extra="<picture><source srcset='http://pictures.test/1.png 1x, http://pictures.test/2.png 2x' type=image/png>"
                "<img src='http://pictures.test/3.png' srcset='/a,b.png 480w, /c.png 800w' sizes='50vw' alt=''></picture>"
            )
        ),
        "/a,b.png": _colour(7),
        "/c.png": _colour(8),
    },
    "imports.test": {
        "/": Answer(article(head="<style>@import '/one.css'; p { color: #222 }</style>")),
        "/one.css": Answer("@import url(two.css);\n" + STYLE, kind=CSS),
        "/two.css": Answer('@import "three.css" screen; /* @import "never.css"; url(never.png) */', kind=CSS),
        "/three.css": Answer("@import url('one.css'); h1 { background: url(deep.png) }", kind=CSS),
        "/deep.png": _colour(9),
    },
    "fonts.test": {
        "/": Answer(article(head="<link rel=stylesheet href=type.css>")),
        "/type.css": Answer(
            "@font-face { font-family: Pier; src: url('pier.woff2') format('woff2'), url(pier.woff) format('woff') } body { font-family: Pier, serif }",
            kind=CSS,
        ),
        "/pier.woff2": Answer(FONT, kind=WOFF),
        "/pier.woff": Answer(FONT, kind="font/woff"),
    },
    "frames.test": {
        "/": Answer(article(extra="<iframe src='/inner.html' width=300 height=120></iframe>")),
        "/inner.html": Answer(
            "<html><head><link rel=stylesheet href=inner.css></head><body><p>Tide table</p><img src=tide.png><iframe src=nested.html></iframe></body></html>"
        ),
        "/inner.css": Answer("body { background: #eef }", kind=CSS),
        "/tide.png": _colour(10),
        "/nested.html": Answer(
            "<html><body><p>Moon table</p><img src=moon.png><iframe src='/inner.html'></iframe><iframe src='/'></iframe></body></html>"
        ),
        "/moon.png": _colour(11),
    },
    "lazy.test": {
        "/": Answer(
            article(
                extra="<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='/late.png' class=lazyload alt=''>"
                "<img loading=lazy src='/plain.png' alt=''><img data-srcset='/set1.png 1x, /set2.png 2x' alt=''>"
                "<img data-original='/older.png' alt=''><noscript><img src='/without.png' alt=''></noscript>"
                "<div style=\"background-image: url('/behind.png'); height: 40px\"></div>"
                "<script>for (const one of document.images) { const { src, srcset, original } = one.dataset;"
                " if (src || original) one.src = src || original; if (srcset) one.srcset = srcset; }</script>"
            )
        )
    }
    | {f"/{name}.png": _colour(n) for n, name in enumerate(("late", "plain", "set1", "set2", "older", "without", "behind"))},
    "media.test": {
        "/": Answer(
            article(
                head="<link rel='shortcut icon' href=/icon.png><link rel=preload as=image href=/hero.png><link rel=alternate href=/feed.xml>",
                extra="<video poster=/poster.png controls><source src=/clip.webm type=video/webm><track src=/clip.vtt></video>"
                "<audio src=/voice.ogg controls></audio><object data=/drawing.svg type=image/svg+xml></object>"
                "<svg width=20 height=20><image href=/in-svg.png width=20 height=20 /><use href='/mark.svg#flag'/></svg>"
                "<table background=/cells.png><tr><td>dates</td></tr></table><input type=image src=/button.png><script src=/app.js></script>"
                "<a href=/elsewhere.html>elsewhere</a>",
            )
        ),
        "/drawing.svg": Answer(svg("#205080"), kind=SVG),
        "/mark.svg": Answer(svg("#208050"), kind=SVG),
        "/clip.webm": Answer(b"\x1aE\xdf\xa3" + bytes(400), kind="video/webm"),
        "/voice.ogg": Answer(b"OggS" + bytes(400), kind="audio/ogg"),
        "/clip.vtt": Answer("WEBVTT\n", kind="text/vtt"),
    }
    | {f"/{name}.png": _colour(n) for n, name in enumerate(("icon", "hero", "poster", "in-svg", "cells", "button"))},
    "xn--80azbjm.test": {  # сноски
        "/": Answer(
            article("ru", extra="<img src='http://xn--80aa1abegq7d.test/план.png' alt=''><img src='/схема 1.png' alt=''>")
        ),
        "/%D1%81%D1%85%D0%B5%D0%BC%D0%B0%201.png": _colour(3),
    },
    "xn--80aa1abegq7d.test": {"/%D0%BF%D0%BB%D0%B0%D0%BD.png": _colour(4)},
    "quiet.test": {  # its pictures are for those who bring its own cookie
        "/": Answer(
            article(extra="<img src=/shown.png alt=''><img src='http://nosy.test/pixel.png' alt=''>"),
            headers=(("Set-Cookie", "room=7; Path=/"),),
        ),
        "/shown.png": _cookie_shown,
    },
    "nosy.test": {"/pixel.png": Answer(png(9, 9, 9, size_px=1), kind=PNG, headers=(("Set-Cookie", "track=1"),))},
    "moved-parts.test": {
        "/": Answer(article(head="<link rel=stylesheet href=/old.css>", extra="<img src=/old.png alt=''>")),
        "/old.css": Answer("", status=301, headers=(("Location", "/new.css"),)),
        "/new.css": Answer(STYLE + "h1 { background: url(bar.png) }", kind=CSS),
        "/bar.png": _colour(1),
        "/old.png": Answer("", status=302, headers=(("Location", "http://pictures.test/6.png"),)),
    },
    "holes.test": {  # some decoration is not there: the page looks to everybody as it does to us
        "/": Answer(
            article(head="<link rel=stylesheet href=/gone.css>", extra="<img src=/there.png alt=''><img src=/gone.png alt=''>")
        ),
        "/there.png": _colour(2),
    },
    "bare.test": {  # its style hangs: another attempt may do better
        "/": Answer(article(head="<link rel=stylesheet href=/never.css>", extra="<img src=/there.png alt=''>")),
        "/never.css": Answer("wait", status=503),
        "/there.png": _colour(2),
    },
    "blind.test": {  # most of its pictures could not be had
        "/": Answer(article(extra="".join(f"<img src=/p{n}.png alt=''>" for n in range(4)))),
        "/p0.png": _colour(2),
    }
    | {f"/p{n}.png": Answer("busy", status=503) for n in range(1, 4)},
    "frameless.test": {
        "/": Answer(article(extra="<iframe src=/table.html></iframe><iframe src='http://adverts.test/banner.html'></iframe>")),
        "/table.html": Answer("busy", status=503),
    },
    "adverts.test": {"/banner.html": Answer("busy", status=503)},
    "adorned.test": {"/": Answer(article(extra="<iframe src='http://adverts.test/banner.html'></iframe>"))},
    "inside.test": {  # wants us to ask inside the archivist's network for it
        "/": Answer(
            article(
                head="<link rel=stylesheet href='http://printer.local/s.css'>",
                extra="<img src='http://169.254.169.254/latest/meta-data/' alt=''><img src='http://[::1]/x.png' alt=''>"
                "<img src='http://[::ffff:10.0.0.1]/x.png' alt=''><img src='file:///etc/hosts' alt=''><img src='http://router.lan/x.png' alt=''>"
                "<img src='http://2130706433/x.png' alt=''><iframe src='http://localhost/admin'></iframe><img src='/sent-inside.png' alt=''>"
                "<img src='http://me:secret@pictures.test/1.png' alt=''><img src='http://rebinding.test/x.png' alt=''>",
            )
        ),
        "/sent-inside.png": Answer("", status=302, headers=(("Location", "http://192.168.0.1/x.png"),)),
    },
    "hung.test": {
        "/": Answer(article(extra="<img src=/slow.png alt=''><img src=/quick.png alt=''>")),
        "/slow.png": _hanging,
        "/quick.png": _colour(2),
    },
    "scripted.test": {
        "/": Answer(
            short("Pier")
            .replace("<div>", "<div id=app>")
            .replace(
                "<h1>Pier</h1>",
                "<pier-book></pier-book><canvas id=tide width=120 height=60></canvas><input id=field><img id=late>",
            )
            .replace(
                "</body>",
                "<script>" + "const words = " + repr(list(TEXTS["en"])) + ";\n"
                "customElements.define('pier-book', class extends HTMLElement { connectedCallback() {\n"
                "  const root = this.attachShadow({mode: 'open'}); const sheet = new CSSStyleSheet(); sheet.replaceSync('p { color: #203050 }');\n"
                "  root.adoptedStyleSheets = [sheet]; const article = document.createElement('article');\n"
                "  words.forEach((text, n) => { const one = document.createElement(n ? 'p' : 'h1'); one.textContent = text; article.append(one); });\n"
                "  root.append(article); } });\n"
                "const pen = document.getElementById('tide').getContext('2d'); pen.fillStyle = '#3070a0'; pen.fillRect(10, 10, 80, 40);\n"
                "document.getElementById('field').value = 'typed by the page'; document.getElementById('late').src = '/late.png';\n"
                "</script></body>",
            )
        ),
        "/late.png": _colour(5),
    },
}
