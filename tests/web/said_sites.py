"""Sites that answer with a page that is not the page asked for, and articles about exactly that."""

from __future__ import annotations

from tests.web.serving import Answer, Sites
from tests.web.words import TEXTS, about, article, short

_TEASER = TEXTS["en"][1]
_RU_TEASER = TEXTS["ru"][1]
_LOGIN_FORM = "<form action=/enter method=post><input name=user><input type=password name=pass><button>OK</button></form>"

SAID_SITES: Sites = {
    "errors.test": {
        "/404": Answer(short("Oh dear!", "The page has sailed away. " + TEXTS["en"][2]), status=404),
        "/410": Answer(short("Gone", "This page was taken down."), status=410),
        "/500": Answer(short("Something broke", "Our people were told."), status=500),
        "/503": Answer(short("Back soon", "We are mending the site."), status=503),
        "/403": Answer(short("403 Forbidden", "You may not."), status=403),
        "/429": Answer(short("Too many requests", "Slow down."), status=429),
        "/451": Answer(short("Unavailable For Legal Reasons", "By decision of a court this page is not shown."), status=451),
        "/check": Answer(short("Just a moment...", "Checking your browser before you go on."), status=403),
    },
    "soft-errors.test": {
        "/en": Answer(short("Page not found", "Sorry, the page you are looking for does not exist.", "Try our search.")),
        "/ru": Answer(short("Ошибка 404", "Запрашиваемая страница не найдена или была удалена.", "Вернитесь на главную.")),
        "/be": Answer(short("Старонка не знойдзена", "На жаль, такой старонкі не існуе або яна выдаленая.")),
        "/uk": Answer(short("Сторінку не знайдено", "На жаль, сторінка, яку ви шукаєте, не існує.")),
        "/broken": Answer(short("Error", "Error establishing a database connection")),
        "/down": Answer(short("Сайт временно недоступен", "На сайте ведутся технические работы. Зайдите позже.")),
    },
    "cookie-wall.test": {
        "/en": Answer(
            short(
                "Before you continue",
                "We value your privacy. We and our partners use cookies.",
                "Accept all cookies to continue.",
                more="<button>Accept all</button>",
            )
        ),
        "/ru": Answer(
            short("Файлы cookie", "Чтобы продолжить, примите использование файлов cookie.", more="<button>Принять</button>")
        ),
        "/uk": Answer(short("Файли cookie", "Щоб продовжити, дозвольте використання файлів cookie.")),
        "/off": Answer(short("Cookies are off", "Please enable cookies in your browser to view this site.")),
        "/banner": Answer(article(extra="<div class=cookie-banner>We use cookies. <button>Accept all cookies</button></div>")),
    },
    "login.test": {
        "/private/12": Answer("", status=302, headers=(("Location", "/login?next=/private/12"),)),
        "/login": Answer(short("Welcome back", "Enter your name and password.", more=_LOGIN_FORM)),
        "/in-place": Answer(short("Log in", "You must be logged in to view this page.", more=_LOGIN_FORM)),
        "/ru": Answer(
            short("Вход на сайт", "Для просмотра этой страницы необходимо войти или зарегистрироваться.", more=_LOGIN_FORM)
        ),
        "/be": Answer(short("Уваход", "Каб праглядзець гэту старонку, увайдзіце або зарэгіструйцеся.", more=_LOGIN_FORM)),
        "/open": Answer(article(extra="<aside>" + _LOGIN_FORM + "<a href=/login>Log in</a></aside>")),
    },
    "paywall.test": {
        "/en": Answer(short("The pier was sold", _TEASER, "Subscribe to continue reading.", "Already a subscriber? Log in")),
        "/ru": Answer(
            short(
                "Причал продан",
                _RU_TEASER,
                "Полный текст доступен только подписчикам.",
                "Оформите подписку, чтобы читать дальше.",
            )
        ),
        "/uk": Answer(short("Причал продано", TEXTS["uk"][1], "Повний текст доступний лише передплатникам.")),
        "/stated": Answer(
            short(
                "The pier was sold",
                _TEASER,
                head='<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>',
                more="<div class=paywall>Subscribe for full access.</div>",
            )
        ),
        "/open": Answer(article(extra="<aside>Subscribe to our newsletter.</aside>")),
    },
    "blocked.test": {
        "/be": Answer(
            short(
                "Доступ абмежаваны",
                "Доступ да інтэрнэт-рэсурсу абмежаваны на падставе рашэння Міністэрства інфармацыі Рэспублікі Беларусь.",
            )
        ),
        "/by": Answer(
            short(
                "Доступ ограничен",
                "Доступ к интернет-ресурсу ограничен на основании решения Министерства информации Республики Беларусь.",
            )
        ),
        "/ru": Answer(
            short(
                "Доступ ограничен",
                "Уважаемый абонент! Доступ к запрашиваемому ресурсу ограничен по решению суда или по иным основаниям, установленным законом.",
            )
        ),
        "/register": Answer(
            short(
                "Ресурс заблокирован",
                "Сайт внесён в единый реестр доменных имён, содержащих информацию, распространение которой в Российской Федерации запрещено.",
            )
        ),
        "/en": Answer(short("Access blocked", "This website has been blocked by order of the court.")),
        "/region": Answer(short("Not available", "This content is not available in your country or region.")),
        "/uk": Answer(short("Доступ обмежено", "Доступ до цього ресурсу заблоковано за рішенням суду.")),
    },
    "captcha.test": {
        "/moment": Answer(short("Just a moment...", "Verify you are human by completing the action below.")),
        "/ru": Answer(short("Вы не робот?", "Подтвердите, что запросы отправляли вы, а не робот.")),
        "/be": Answer(short("Праверка", "Пацвердзіце, што вы не робат.")),
        "/frame": Answer(
            short("One more step", "Please complete the check.", more="<div class='g-recaptcha' data-sitekey=x></div>")
        ),
        "/js": Answer(short("a site", "Please enable JavaScript and cookies to continue")),
    },
    "parked.test": {
        "/sale": Answer(short("parked.test", "This domain is for sale! Buy this domain.", "Related searches: ferry tickets")),
        "/parked": Answer(short("parked.test", "This domain has been registered and is parked free of charge.")),
        "/ru": Answer(short("Домен продаётся", "Домен parked.test продаётся. Купить домен можно у регистратора.")),
        "/expired": Answer(short("Срок регистрации домена истёк", "Домен не продлён владельцем.")),
        "/server": Answer(
            short("Welcome to nginx!", "If you see this page, the nginx web server is successfully installed and working.")
        ),
    },
    "empty.test": {
        "/nothing": Answer(b""),
        "/hollow": Answer(short("").replace("<h1></h1>", "<div id=root></div>")),
        "/blank": Answer("<html><head></head><body> </body></html>"),
    },
    "articles.test": {  # about such things, and so none of them
        "/captcha": Answer(
            about(
                "Verify you are human: how the check came to be",
                "The words 'verify you are human' are read a billion times a day.",
                "A captcha is not a lock.",
            )
        ),
        "/paywall": Answer(
            about(
                "Subscribe to continue reading",
                "Every second paper now says 'subscribe to continue reading'.",
                "This one does not.",
            )
        ),
        "/blocked": Answer(
            about(
                "Доступ ограничен по решению суда",
                "Эти слова видит каждый, кто открывает сайт из реестра.",
                "Доступ к ресурсу ограничен, пишет провайдер.",
            )
        ),
        "/cookies": Answer(
            about("Accept all cookies", "Before you continue, says the page, accept all cookies to continue.", "Why do we?")
        ),
        "/login": Answer(
            about(
                "You must be logged in", "Log in to view this page, it said, and nobody could.", "The register was public by law."
            )
        ),
        "/parked": Answer(
            about(
                "This domain is for sale", "The address of the newspaper now says that this domain is for sale.", "Who buys it?"
            )
        ),
        "/missing": Answer(
            about("Страница не найдена", "Страница не найдена, отвечает сайт суда на каждый третий запрос.", "Мы посчитали.")
        ),
        "/brief": Answer(short("Brief", "The court found no grounds. The hearing is on Monday, and the public may attend.")),
        "/brief-access": Answer(
            short("Новости", "Суд разрешил доступ к материалам дела. Доступ к воде в колонии ограничен с мая, сообщили родные.")
        ),
    },
}
