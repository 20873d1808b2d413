"""How sites say, in English, Russian, Belarusian and Ukrainian, that a page is not the page that was asked for.

Each is looked for only where :mod:`archive.capture.verdict` says: near the beginning of a short text, or in its title. They hold what is said *to the
visitor*; what is said *about* a site (with its name between) is news.

valid       "Доступ к запрашиваемому ресурсу ограничен"      BLOCKED
not valid   "Доступ к сайту газеты ограничен, сообщил суд"
"""

from __future__ import annotations

import re

GONE = re.compile(
    r"""
    \b(?:error|http|ошибка|памылка|помилка)\s*[:#-]?\s*(?:404|410)\b
    | ^\W*(?:404|410)(?:\W*$|\W+(?:error|not\ found|gone|page|ошибка|страница|не\ найден|памылка|старонка))
    | \bpage\ (?:was\ |is\ |could\ |can\ ?)*(?:not|n['’]t)\ (?:be\ )?(?:found|exist)
    | \bpage\ (?:you\ (?:are|were)\ looking\ for\ )?(?:does\ not|doesn['’]t|no\ longer)\ exists?
    | \bnot\ found\b.{0,40}\b(?:page|server|url|404)\b | ^\W*(?:page\ |file\ )?not\ found\W*$
    | \b(?:страниц[аы]|документ|материал|запись|файл)\b.{0,60}\b(?:не\ (?:найден|существу|обнаружен)|удал[её]н|больше\ нет)
    | \b(?:старонк[аі]|дакумент|матэрыял|запіс|файл)\b.{0,60}\b(?:не\ (?:знойдзен|існу|знайшл)|выдален|больш\ няма)
    | \b(?:сторінк[ау]|документ|матеріал)\b.{0,60}\b(?:не\ (?:знайден|існу)|видален)
    """,
    re.IGNORECASE | re.VERBOSE,
)

"""The page is not there."""

BROKEN = re.compile(
    r"""
    \berror\ establishing\ a\ database\ connection | \b(?:service|site|website|page)\ (?:is\ )?(?:temporarily\ )?(?:unavailable|down\ for\ maintenance)\b
    | ^\W*(?:50[0234]\b\W*)?(?:internal\ server\ error|bad\ gateway|gateway\ time-?out|application\ error|fatal\ error)\b
    | \b(?:site|website|page|we)\ (?:is|are)\ (?:currently\ )?(?:under|down\ for|undergoing)\ (?:maintenance|construction)\b
    | ^\W*(?:сайт|страница|сервис)\ (?:временно\ )?(?:недоступ\w+|не\ работает) | \bна\ сайте\ (?:ведутся|проводятся)\ технические\ работы
    | ^\W*(?:сайт|старонка)\ (?:часова\ )?(?:недаступн\w+|не\ працуе) | \bна\ сайце\ (?:вядуцца|праводзяцца)\ тэхнічныя\ работы
    | ^\W*(?:сайт|сторінка)\ (?:тимчасово\ )?(?:недоступн\w+|не\ працює) | \bна\ сайті\ (?:ведуться|проводяться)\ технічні\ роботи
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The site is broken today."""

_THIS_RU = r"(?:(?:запрашиваем|данн|указанн|информационн|настоящ)\w+\ |эт(?:ому|ой)\ |сетевому\ )*(?:интернет-)?(?:ресурс|сайт|страниц|информаци)\w*"
_THIS_BE = r"(?:(?:запытан|дадзен|указан|інфармацыйн)\w*\ |гэта(?:му|й)\ )*(?:інтэрнэт-)?(?:рэсурс|сайт|старон|інфармацы)\w*"
_THIS_UK = r"(?:(?:запитуван|дан|вказан|інформаційн)\w+\ |ц(?:ього|ієї)\ )*(?:інтернет-)?(?:ресурс|сайт|сторінк|інформаці)\w*"

BLOCKED = re.compile(
    rf"""
    ^\W*(?:error\W+)?(?:access\ (?:to\ (?:this|the\ requested)\ (?:page|site|website|resource)\ )?(?:has\ been\ |is\ )?(?:denied|blocked|forbidden)
        |403(?:\W+|\b)(?:forbidden|access\ denied)|forbidden\b\W*(?:$|you\b)|(?:this\ )?(?:site|website|page)\ (?:has\ been\ |is\ )?blocked)\b
    | \bthis\ (?:site|website|page|resource|content)\ (?:has\ been|is)\ blocked\b
    | \b(?:you\ (?:do\ not|don['’]t)\ have\ permission\ to\ access|you\ have\ been\ blocked)\b
    | \bunavailable\ (?:for\ legal\ reasons|in\ your\ (?:country|region|location))
    | \b(?:this|the)\ (?:content|site|website|page|video)\ is\ (?:not\ available|unavailable|blocked)\ in\ your\ (?:country|region|location)
    | ^\W*доступ\ (?:был\ |временно\ )?(?:ограничен|запрещ[её]н|заблокирован|закрыт)\w*(?:\W*$|[.!:\n]) | ^\W*(?:ресурс|сайт)\ (?:ограничен|заблокирован)\w*(?:\W*$|[.!:\n])
    | \bдоступ\ (?:к|на)\ {_THIS_RU}\ (?:был\ )?(?:ограничен|запрещ[её]н|заблокирован|закрыт)
    | \b(?:этот|данный|запрашиваемый)\ (?:ресурс|сайт)\ (?:был\ )?(?:заблокирован|внес[её]н\ в)
    | ^\W*(?:ресурс|сайт)\ (?:заблокирован\W+)?(?:сайт\ )?внес[её]н\ в\ (?:единый\ )?реестр
    | ^\W*доступ\ (?:быў\ )?(?:абмежаван|забаронен|заблакіраван|закрыт)\w*(?:\W*$|[.!:\n])
    | \bдоступ\ да\ {_THIS_BE}\ (?:быў\ )?(?:абмежаван|забаронен|заблакіраван|закрыт) | \bгэты\ (?:рэсурс|сайт)\ (?:быў\ )?заблакіраван
    | ^\W*доступ\ (?:було\ )?(?:обмежен|заборонен|заблокован|закрит)\w*(?:\W*$|[.!:\n])
    | \bдоступ\ до\ {_THIS_UK}\ (?:було\ )?(?:обмежен|заборонен|заблокован|закрит) | \bцей\ (?:ресурс|сайт)\ (?:було\ )?заблоковано
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Somebody forbids it: an authority, a provider, the site."""

CAPTCHA = re.compile(
    r"""
    ^\W*(?:just\ a\ moment|attention\ required)\b | \bchecking\ (?:if\ the\ site\ connection\ is\ secure|your\ browser)
    | \b(?:verify(?:ing)?|confirm|prove)\ (?:that\ )?you\ are\ (?:a\ |not\ a\ )?(?:robot|human|bot)\b | \bare\ you\ a\ (?:robot|human)\b
    | \b(?:please\ )?enable\ javascript\ and\ cookies\ to\ continue | \bunusual\ traffic\ from\ your\b | \bcomplete\ the\ (?:security\ check|captcha)
    | \b(?:подтвердите|проверка|докажите|убедимся)\b.{0,40}\bне\ (?:являетесь\ )?робот | \bвы\ не\ робот\? | \bзапросы\ отправляли\ вы,?\ а\ не\ робот
    | \b(?:пацвердзіце|праверка|дакажыце)\b.{0,40}\bне\ робат | \b(?:підтвердьте|підтвердіть|перевірка|доведіть)\b.{0,40}\bне\ робот
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A check for robots."""

COOKIES = re.compile(
    r"""
    \b(?:accept|allow|enable)\ (?:all\ |the\ )?(?:use\ of\ )?cookies\ (?:(?:and\ javascript\ )?in\ your\ browser\b|to\ (?:continue|proceed|view|access|use|read)\b)
    | ^\W*before\ you\ continue\b | ^\W*(?:please\ enable\ cookies|cookies\ are\ (?:off|disabled|required))\b
    | ^\W*we\ (?:value|respect)\ your\ privacy\b.{0,150}\bcookies\b
    | \bчтобы\ продолжить\b.{0,60}\b(?:cookie|куки) | \b(?:примите|включите|разрешите)\b.{0,40}\b(?:cookie|куки)\b.{0,60}\b(?:чтобы|для)\b
    | \bкаб\ працягнуць\b.{0,60}\b(?:cookie|кукі) | \bщоб\ продовжити\b.{0,60}\b(?:cookie|куки)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""Nothing is shown until cookies are taken."""

LOGIN = re.compile(
    r"""
    \byou\ (?:must|need\ to|have\ to)\ (?:be\ (?:logged|signed)\ in|log\ ?in|sign\ ?in)\b
    | \b(?:log|sign)\ in\ (?:or\ (?:register|sign\ up|create\ an\ account)\ )?to\ (?:view|see|read|access|continue)\b
    | ^\W*(?:please\ )?(?:log|sign)\ ?in(?:\W*$|\ to\b)
    | \b(?:необходимо|нужно|требуется|следует)\ (?:войти(?!\ в\ состав)|авториз)
    | \b(?:для\ (?:просмотра|доступа|чтения)|чтобы\ (?:увидеть|прочитать|просмотреть|продолжить))\b[^.]{0,80}\bзарегистрир
    | \b(?:войдите|авторизуйтесь)\b.{0,60}\b(?:чтобы|или\ зарегистрируйтесь|на\ сайт|в\ (?:свой\ )?аккаунт)
    | ^\W*(?:вход\ (?:на\ сайт|в\ систему)|авторизация)\W*$
    | \bувайдзіце\b.{0,40}\b(?:каб|або|ў\ акаўнт) | \b(?:трэба|неабходна)\ (?:ўвайсці\ на\ сайт|увайсці\ на\ сайт|аўтарыз)
    | \b(?:для\ прагляду|каб\ (?:убачыць|прачытаць|праглядзець|працягнуць))\b[^.]{0,80}\bзарэгістр | ^\W*уваход(?:\ на\ сайт)?\W*$
    | \bувійдіть\b.{0,40}\b(?:щоб|або|в\ акаунт) | \b(?:необхідно|потрібно)\ (?:увійти\ (?:на|до)|авториз)
    | \b(?:для\ перегляду|щоб\ (?:побачити|прочитати|переглянути|продовжити))\b[^.]{0,80}\bзареєстр | ^\W*вхід(?:\ на\ сайт)?\W*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A name and a password are wanted."""

FOR_PAYING = re.compile(
    r"""
    \b(?:subscribe|sign\ up|register|become\ a\ (?:subscriber|member))\b[^.]{0,40}\bto\ (?:continue|keep|finish|read|unlock)\b(?:\ (?:reading|the\ (?:full|rest|whole)|this|full))?
    | \bto\ (?:continue|keep)\ reading\b[^.]{0,60}\b(?:subscribe|register|sign\ up|log\ in)\b
    | \b(?:this|the\ (?:full|rest\ of\ the))\ (?:article|story|content|text)\ is\ (?:only\ )?(?:available\ (?:only\ )?|exclusively\ |reserved\ )?(?:to|for)\ (?:our\ |paying\ |registered\ )*(?:subscribers|members)
    | \b(?:полн\w+\ текст|полн\w+\ верси\w+|продолжение|материал|статья)\b[^.]{0,40}\b(?:только|лишь)\b[^.]{0,30}\b(?:подписчик|по\ подписке|зарегистрир)
    | \b(?:оформите|купите)\ подписку\b[^.]{0,60}\b(?:чтобы|дальше|полност|чита) | \bчтобы\ (?:читать|прочитать|прочесть)\ (?:дальше|далее|полностью)[^.]{0,60}\bподпи
    | \bпоўны\ тэкст\b[^.]{0,60}\b(?:толькі|выключна)\b[^.]{0,30}\bпадпісчык | \bаформіце\ падпіску\b
    | \bповн\w+\ (?:текст|верс)\w*[^.]{0,60}\b(?:лише|тільки)\b[^.]{0,30}\b(?:передплатник|підписник|за\ передплатою) | \bоформіть\ (?:передплату|підписку)\b[^.]{0,60}\b(?:щоб|далі|чита)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The rest is for those who pay; it stands at the end of what is shown."""

PARKED = re.compile(
    r"""
    \b(?:this|the)\ domain(?:\ name)?(?:\ \S+\.\w+)?\ (?:is|may\ be|could\ be)\ (?:available\ )?for\ sale\b | ^\W*\S+\.\w{2,}\ is\ for\ sale\b | \bbuy\ this\ domain\b
    | \bdomain\b.{0,80}\b(?:is\ |are\ )?parked\b | \b(?:this|the|your)\ domain(?:\ name)?\ (?:has\ )?expired\b
    | ^\W*(?:welcome\ to\ nginx|apache2?\ \S{0,12}\ ?default\ page|it\ works!\W*$|default\ web\ (?:site\ )?page|index\ of\ /\W*$)
    | ^\W*(?:this\ )?account\ (?:has\ been\ )?suspended\b
    | \bдомен(?:ное\ имя)?\ (?:\S+\.\w+\ )?(?:прода[её]тся|выставлен\ на\ продажу|можно\ купить|припаркован|не\ прилинкован) | \bсрок\ (?:регистрации|делегирования)\ домена\b.{0,60}\bист[её]к
    | \bдамен\ (?:\S+\.\w+\ )?(?:прадаецца|выстаўлены\ на\ продаж) | \bдомен\ (?:\S+\.\w+\ )?(?:продається|виставлено\ на\ продаж)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Nobody writes there any more."""
