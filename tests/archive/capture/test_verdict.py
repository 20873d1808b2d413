"""What an answer is worth, case by case."""

from __future__ import annotations

import pytest

from archive.capture.verdict import charset, judge, media_type, reason
from archive.model.source import Ending, Exchange, Fetched, SourceState, Verdict
from archive.values import now

LONG = "A page that explains at some length where the notes of old reports lead to and why so many of them lead nowhere. " * 8


def _fetched(
    *,
    status: int = 200,
    kind: str = "text/html",
    body: bytes = b"x",
    ending: Ending = Ending.COMPLETE,
    asked: str = "https://a.org/2019/page",
    came: str | None = None,
    error: str | None = None,
) -> Fetched:
    exchange = Exchange(
        address=came or asked,
        method="GET",
        status=status,
        reason="",
        request_headers=(),
        answer_headers=(("content-TYPE", kind),) if kind else (),
        fetched_at=now(),
        http_version="HTTP/1.1",
        body=body,
    )
    return Fetched(address=asked, ending=ending, exchanges=() if status == 0 else (exchange,), error=error)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        *[(404, SourceState.GONE), (410, SourceState.GONE)],
        *[(code, SourceState.REFUSED) for code in (401, 403, 407, 429, 451)],
        *[(code, SourceState.FAILED) for code in (301, 304, 400, 418, 500, 502, 503)],
    ],
)
def test_a_status_that_is_no_success_keeps_nothing_and_says_which_it_was(status: int, state: SourceState) -> None:
    fetched = _fetched(status=status)
    assert judge(fetched, text=LONG) == (state, Verdict.BLOCK_PAGE if status == 451 else None)
    assert reason(fetched) == ("not-served", {"host": "a.org", "status": status})


@pytest.mark.parametrize(
    ("error", "state"),
    [
        ("host-not-found", SourceState.GONE),
        ("request-refused", SourceState.REFUSED),
        ("took-too-long", SourceState.FAILED),
        ("answer-too-large", SourceState.FAILED),
        ("host-unreachable", SourceState.FAILED),
        ("too-many-redirects", SourceState.FAILED),
    ],
)
def test_an_attempt_without_an_answer_is_judged_by_its_error(error: str, state: SourceState) -> None:
    assert judge(_fetched(status=0, ending=Ending.FAILED, error=error), text=None) == (state, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("404", ""),
        ("404 Not Found", ""),
        ("HTTP Error 404. The requested resource is not found.", ""),
        ("Sorry, the page you are looking for does not exist.", "A site"),
        ("The page could not be found. Try our search.", ""),
        ("Please use the menu.", "Page not found | A site"),
        ("Страница не найдена. Вернитесь на главную.", ""),
        ("К сожалению, запрашиваемая страница не существует или была удалена.", ""),
        ("Материал удалён по решению редакции.", ""),
        ("Ошибка 404", ""),
        ("Старонка не знойдзена", ""),
        ("На жаль, такая старонка не існуе.", ""),
        ("Памылка 404: вярніцеся на галоўную", ""),
        ("Сторінку не знайдено", ""),
    ],
)
def test_a_page_that_says_it_is_gone_is_gone_though_its_status_is_good(text: str, title: str) -> None:
    assert judge(_fetched(), text=text, title=title) == (SourceState.GONE, Verdict.ERROR_PAGE)


@pytest.mark.parametrize(
    ("verdict", "text", "title"),
    [
        *[
            (Verdict.CAPTCHA, text, title)
            for text, title in (
                ("", "Just a moment..."),
                ("Checking your browser before accessing a.org", ""),
                ("Please verify you are human", "A site"),
                ("Our systems have detected unusual traffic from your computer network.", ""),
                ("Подтвердите, что запросы отправляли вы, а не робот", "Вы не робот?"),
                ("Пацвердзіце, калі ласка, што вы не робат.", ""),
                ("Підтвердьте, що ви не робот", ""),
            )
        ],
        *[
            (Verdict.BLOCK_PAGE, text, title)
            for text, title in (
                ("Access denied", ""),
                ("You don't have permission to access this resource.", "403 Forbidden"),
                ("Доступ к информационному ресурсу ограничен на основании закона.", ""),
                ("Доступ к сетевому ресурсу заблокирован по решению суда.", ""),
                ("Доступ к данному интернет-ресурсу ограничен Министерством информации.", ""),
                ("Уважаемый абонент! Доступ к запрашиваемой странице закрыт.", ""),
                ("Доступ да рэсурсу абмежаваны.", ""),
                ("Доступ да гэтага сайта", "Доступ забаронены"),
                ("Доступ до запитуваного ресурсу обмежено.", ""),
                ("This content is not available in your country.", ""),
            )
        ],
        *[
            (Verdict.LOGIN, text, title)
            for text, title in (
                ("You must be logged in to view this page.", ""),
                ("Enter your details.", "Log in"),
                ("Для просмотра необходимо авторизоваться.", ""),
                ("Войдите на сайт, чтобы увидеть запись.", ""),
                ("Увайдзіце, каб праглядзець старонку.", ""),
                ("Увійдіть, щоб переглянути сторінку.", ""),
            )
        ],
        *[
            (Verdict.COOKIE_WALL, text, title)
            for text, title in (
                ("Accept cookies to continue", ""),
                ("We value your privacy. We and 812 partners store cookies on your device.", ""),
                ("Чтобы продолжить, разрешите файлы cookie.", ""),
                ("Каб працягнуць, прыміце файлы cookie.", ""),
                ("Щоб продовжити, прийміть файли cookie.", ""),
            )
        ],
        *[
            (Verdict.PARKED, text, title)
            for text, title in (
                ("The domain a.org is for sale", ""),
                ("Related searches", "a.org is for sale"),
                ("If you see this page, the server works.", "Welcome to nginx!"),
                ("Домен a.org продаётся", ""),
                ("Срок регистрации домена истёк", ""),
                ("Дамен прадаецца", ""),
            )
        ],
        *[
            (Verdict.PAYWALL, f"{LONG[:500]}. {text}", title)
            for text, title in (
                ("Subscribe to continue reading.", ""),
                ("This article is for subscribers.", ""),
                ("Полный текст доступен только по подписке.", ""),
                ("Оформите подписку, чтобы дочитать.", ""),
                ("Поўны тэкст артыкула даступны толькі падпісчыкам.", ""),
                ("Повний текст доступний лише передплатникам.", ""),
            )
        ],
    ],
)
def test_a_page_that_is_not_the_page_says_what_it_is(verdict: Verdict, text: str, title: str) -> None:
    state = SourceState.GONE if verdict is Verdict.PARKED else SourceState.REFUSED
    assert judge(_fetched(), text=text, title=title) == (state, verdict)


@pytest.mark.parametrize(
    "text",
    [
        "Error establishing a database connection",
        "На сайте ведутся технические работы.",
        "На сайце вядуцца тэхнічныя работы.",
        "Сайт тимчасово недоступний.",
        "The site is under maintenance",
    ],
)
def test_a_site_that_is_broken_today_failed_and_may_do_better(text: str) -> None:
    assert judge(_fetched(), text=text) == (SourceState.FAILED, Verdict.ERROR_PAGE)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b"<div class='g-recaptcha'></div>", Verdict.CAPTCHA),
        (b"<form><input name=a type='password'></form>", Verdict.LOGIN),
        (b'<script>{"isAccessibleForFree": false}</script>', Verdict.PAYWALL),
    ],
)
def test_what_a_page_holds_beside_its_few_words_tells_too_but_only_beside_few(body: bytes, verdict: Verdict) -> None:
    assert judge(_fetched(body=body), text="Welcome.")[1] is verdict
    assert judge(_fetched(body=body), text=LONG * 2)[1] is Verdict.COMPLETE


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("404: how links die. " + LONG, "404: how links die"),
        ("Страница не найдена: так кончаются сноски. " + LONG, "Страница не найдена"),
        ("The commission found 404 cases in 2019, and no page of the report says why.", "Report"),
        ("Судьи не нашли нарушений. Страница дела закрыта в 2019 году.", ""),
        ("Доступ к воде в колониях", ""),
        ("Суд разрешил доступ к материалам дела. Доступ к воде в колонии ограничен с мая.", "Новости"),
        ("Доступ к сайту газеты «Причал» ограничен, сообщило министерство.", "Доступ к сайту газеты ограничен"),
        ("Сайт издания внесён в реестр, сообщил его редактор.", "Сайт издания заблокирован"),
        ("Доступ да сайта газеты абмежаваны, паведаміла рэдакцыя.", ""),
        ("Access to water was denied to the prisoners for two days.", "Access to water was denied"),
        ("The court found that the website of the party was blocked without an order.", "Court on blocking"),
        ("The site has moved. We respect your privacy and use no cookies at all beyond the one.", "About"),
        ("He must be logged as missing, the family said.", ""),
        ("Для участия в наблюдении нужно зарегистрироваться у координатора до мая, говорится в объявлении комиссии. " * 8, ""),
        (LONG + " Subscribe to our newsletter.", ""),
        ("Subscribe to continue reading, says every second paper. " + LONG * 2, "Subscribe to continue reading"),
        ("Довідку можна отримати в реєстрі. Для цього потрібно зареєструватись у кабінеті.", "Новини"),
        ("Чтобы стать наблюдателем, нужно войти в состав группы.", "Наблюдение"),
        ("Бывшего владельца домена суд обязал вернуть деньги.", "Домен газеты вернули"),
    ],
)
def test_a_text_about_missing_pages_or_numbers_is_saved(text: str, title: str) -> None:
    assert judge(_fetched(), text=text, title=title) == (SourceState.SAVED, Verdict.COMPLETE)


def test_a_deep_page_answered_with_the_front_page_is_gone_and_a_front_page_is_not() -> None:
    gone = (SourceState.GONE, Verdict.ERROR_PAGE)
    saved = (SourceState.SAVED, Verdict.COMPLETE)
    assert judge(_fetched(came="https://a.org/"), text=LONG) == gone
    assert judge(_fetched(came="https://new.a.org"), text=LONG) == gone
    assert judge(_fetched(asked="https://a.org/en/index.html", came="https://a.org/"), text=LONG) == saved
    assert judge(_fetched(asked="https://a.org/en", came="https://a.org/"), text=LONG) == saved
    assert judge(_fetched(came="https://a.org/?p=12"), text=LONG) == saved
    assert judge(_fetched(kind="application/pdf", came="https://a.org/"), text=LONG) == saved


def test_a_page_sent_to_a_login_is_refused_and_a_page_about_logins_is_not() -> None:
    assert judge(_fetched(came="https://a.org/login?next=/2019/page"), text=LONG) == (SourceState.REFUSED, Verdict.LOGIN)
    assert judge(_fetched(asked="https://a.org/login/", came="https://a.org/login/"), text=LONG)[0] is SourceState.SAVED


@pytest.mark.parametrize(
    ("kind", "text", "outcome"),
    [
        ("text/html; charset=utf-8", "", (SourceState.FAILED, Verdict.EMPTY_PAGE)),
        ("text/html", None, (SourceState.PARTIAL, Verdict.UNREADABLE)),
        ("application/pdf", "Words", (SourceState.SAVED, Verdict.COMPLETE)),
        ("application/pdf", "", (SourceState.PARTIAL, Verdict.UNREADABLE)),
        ("image/png", None, (SourceState.PARTIAL, Verdict.UNREADABLE)),
    ],
)
def test_a_page_without_text_is_empty_and_a_file_without_text_is_kept_unread(kind, text, outcome) -> None:
    assert judge(_fetched(kind=kind), text=text) == outcome


def test_what_broke_off_is_never_more_than_partial() -> None:
    cut = _fetched(ending=Ending.PARTIAL, error="host-unreachable")
    assert judge(cut, text=LONG) == (SourceState.PARTIAL, Verdict.PARTIAL)
    assert judge(cut, text=None) == (SourceState.PARTIAL, Verdict.PARTIAL)


def test_no_bytes_are_an_empty_page_whatever_they_are_called() -> None:
    assert judge(_fetched(body=b"", kind="application/pdf"), text=None) == (SourceState.FAILED, Verdict.EMPTY_PAGE)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ('Text/HTML; Charset="Windows-1251"', ("text/html", "windows-1251")),
        ("application/pdf", ("application/pdf", "")),
        ("", ("", "")),
    ],
)
def test_the_content_type_is_read_in_any_spelling(kind: str, expected: tuple[str, str]) -> None:
    assert (media_type(_fetched(kind=kind)), charset(_fetched(kind=kind))) == expected
