# Сохранённая страница в том виде, в каком она была, и что известно о том, как её сохранили.

capture-as-text = Текст
capture-as-it-looked = Как выглядела
capture-page = Сохранённая страница, как она выглядела
capture-find = Найти на странице
capture-print = Печать…
capture-coming = Страница открывается…
capture-part-missing = Эта часть не была сохранена вместе со страницей.
capture-part-other = Эта часть — файл вида { $kind }. Он хранится в архиве, но показать его как страницу нельзя.
capture-part-failed = Эту часть не удалось прочитать из архива.
capture-no-sandbox = Здесь сохранённую страницу можно показать только как текст: эта система не даёт Ibid закрытого места, где браузерный движок мог бы безопасно её нарисовать.
capture-broke = Показать страницу, как она выглядела, не удалось. Вот её текст.
capture-no-page = Этот источник — не веб-страница, а файл вида { $kind }. Вот его текст.
capture-link-missing = В открытых архивах не сохранено: { $address }
capture-quote-found = Страница открыта на цитируемых словах.
capture-quote-missing = На странице, как она выглядела, цитируемые слова не найдены.

capture-taken = Сохранено { $date } в { $time } UTC
capture-way-page = получено по собственному адресу
capture-way-browser = построено скриптами страницы во встроенном браузере и записано
capture-way-copy = из копии, которую хранит { $keeper }
capture-way-file = из веб-архива, принесённого файлом
capture-way-added = добавлено вручную
capture-from = Откуда: { $address }
capture-redirects = { $count ->
    [one] после { $count } перенаправления
   *[other] после { $count } перенаправлений
}
capture-missing = { $count ->
    [one] нет { $count } части
   *[other] нет { $count } частей
}
capture-digest = Отпечаток { $digest }
capture-digest-copy = Скопировать отпечаток целиком
capture-evidence = Свидетельства…

evidence-title = Свидетельства
evidence-what = Что сохранено
evidence-what-words = { $parts ->
    [0] Только сама страница, всего { $size }.
    [one] Страница и { $parts } нужная ей часть, всего { $size }.
    [few] Страница и { $parts } нужные ей части, всего { $size }.
   *[other] Страница и { $parts } нужных ей частей, всего { $size }.
}
evidence-missing-words = { $count ->
    [one] Не пришла { $count } нужная ей часть.
    [few] Не пришли { $count } нужные ей части.
   *[other] Не пришло { $count } нужных ей частей.
}
evidence-verdict = Оценка: { $verdict }.
evidence-when = Когда
evidence-how = Как
evidence-how-words = Страница: { $way }.
evidence-program = Чем: { $program }.
evidence-first-step = { $count ->
        [0] Без браузера страница пришла без текста.
        [one] Без браузера страница пришла с { $count } словом текста.
       *[other] Без браузера страница пришла с { $count } словами текста.
    }
evidence-second-step = { $count ->
        [one] Когда сработали её скрипты, в ней стало { $count } слово. То, что прислал сайт, хранится рядом.
        [few] Когда сработали её скрипты, в ней стало { $count } слова. То, что прислал сайт, хранится рядом.
       *[other] Когда сработали её скрипты, в ней стало { $count } слов. То, что прислал сайт, хранится рядом.
    }
evidence-from-where = Откуда
evidence-asked = Запрошено: { $address }
evidence-sent-on = { $status }, перенаправлено на { $address }
evidence-answered = { $status } от { $address }
evidence-copy = Копия
evidence-copy-words = Это не страница со своего места, а копия, которую { $keeper } хранит с { $date }.
evidence-own-answer = На своём месте: { $what ->
        [host-not-found] такого узла больше нет
        [host-unreachable] никто не ответил так, как отвечает сайт
        [not-served] сайт ответил { $status }, страницы нет
        [error_page] сайт ответил страницей об ошибке
        [cookie_wall] сайт показал только запрос о файлах cookie
        [login] сайт спросил имя и пароль
        [paywall] сайт показал начало и попросил оплату
        [block_page] в ответе сказано, что доступ заблокирован
        [captcha] сайт потребовал доказать, что спрашивает не программа
        [parked] домен продавался или пустовал
       *[other] страницу получить не удалось
    }.
evidence-copy-same-day = Это тот самый день, который имеется в виду.
evidence-copy-before = { $days ->
    [one] Это на { $days } день раньше даты, которая имеется в виду ({ $date }).
    [few] Это на { $days } дня раньше даты, которая имеется в виду ({ $date }).
   *[other] Это на { $days } дней раньше даты, которая имеется в виду ({ $date }).
}
evidence-copy-after = { $days ->
    [one] Это на { $days } день позже даты, которая имеется в виду ({ $date }).
    [few] Это на { $days } дня позже даты, которая имеется в виду ({ $date }).
   *[other] Это на { $days } дней позже даты, которая имеется в виду ({ $date }).
}
evidence-certificate = Сертификат узла
evidence-certificate-words = { $host } предъявил сертификат на имя { $subject }, выданный { $issuer }, действительный с { $from } по { $until }. Отпечаток: { $digest }
evidence-certificate-none = Не записан.
evidence-charset = Буквы
evidence-charset-words = Прочитано как { $charset }.
evidence-digest = Отпечатки (SHA-256)
evidence-digest-capture = Всего полученного: { $digest }
evidence-digest-page = Страницы: { $digest }
evidence-agree = Сходятся ли другие копии?
evidence-agrees = Да: сохранённое { $date } ({ $way }) совпадает до байта.
evidence-agrees-none = Ни одна другая сохранённая копия в этом архиве, сделанная иначе или в другой день, не совпадает с этой.
evidence-limits = Здесь сказано, что получил Ibid, а отпечатки показывают, что с тех пор этого никто не менял. Что сайт показывал другим, это не доказывает.
evidence-copy-digest = Скопировать отпечаток

print-title = Печать страницы
print-text = Страница попадёт на бумагу или в PDF такой, какой она была; фоновые рисунки принтер может опустить.
print-done = Записано: { $name }
print-printer = Принтер
print-on-printer = Напечатать
print-printed = Передано принтеру { $name }. Система какое-то время хранит то, что печатает.
print-failed = Принтер { $name } этого не принял.

action-look = Показать источник, как он выглядел, или как текст
action-evidence = Свидетельства об источнике…
action-print = Печать источника…

source-pane-saved-as-it-looked = Сохранено { $date } · как выглядело
source-pane-partly-saved-as-it-looked = Сохранено частично { $date } · как выглядело
