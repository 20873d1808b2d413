# Захаваная старонка ў тым выглядзе, у якім яна была, і што вядома пра тое, як яе захавалі.

capture-as-text = Тэкст
capture-as-it-looked = Як выглядала
capture-page = Захаваная старонка, як яна выглядала
capture-find = Знайсці на старонцы
capture-print = Друк…
capture-coming = Старонка адкрываецца…
capture-part-missing = Гэтая частка не была захавана разам са старонкай.
capture-part-other = Гэтая частка — файл віду { $kind }. Ён захоўваецца ў архіве, але паказаць яго як старонку нельга.
capture-part-failed = Гэтую частку не ўдалося прачытаць з архіва.
capture-no-sandbox = Тут захаваную старонку можна паказаць толькі як тэкст: гэтая сістэма не дае Ibid закрытага месца, дзе браўзерны рухавік мог бы бяспечна яе намаляваць.
capture-broke = Паказаць старонку, як яна выглядала, не ўдалося. Вось яе тэкст.
capture-no-page = Гэтая крыніца — не вэб-старонка, а файл віду { $kind }. Вось яго тэкст.
capture-link-missing = У адкрытых архівах не захавана: { $address }
capture-quote-found = Старонка адкрыта на цытаваных словах.
capture-quote-missing = На старонцы, як яна выглядала, цытаваныя словы не знойдзены.

capture-taken = Захавана { $date } а { $time } UTC
capture-way-page = атрымана па ўласным адрасе
capture-way-browser = пабудавана скрыптамі старонкі ва ўбудаваным браўзеры і запісана
capture-way-copy = з копіі, якую захоўвае { $keeper }
capture-way-file = з вэб-архіва, прынесенага файлам
capture-way-added = дададзена ўручную
capture-from = Адкуль: { $address }
capture-redirects = { $count ->
    [one] пасля { $count } перанакіравання
   *[other] пасля { $count } перанакіраванняў
}
capture-missing = { $count ->
    [one] няма { $count } часткі
   *[other] няма { $count } частак
}
capture-digest = Адбітак { $digest }
capture-digest-copy = Скапіяваць адбітак цалкам
capture-evidence = Сведчанні…

evidence-title = Сведчанні
evidence-what = Што захавана
evidence-what-words = { $parts ->
    [0] Толькі сама старонка, усяго { $size }.
    [one] Старонка і { $parts } патрэбная ёй частка, усяго { $size }.
    [few] Старонка і { $parts } патрэбныя ёй часткі, усяго { $size }.
   *[other] Старонка і { $parts } патрэбных ёй частак, усяго { $size }.
}
evidence-missing-words = { $count ->
    [one] Не прыйшла { $count } патрэбная ёй частка.
    [few] Не прыйшлі { $count } патрэбныя ёй часткі.
   *[other] Не прыйшло { $count } патрэбных ёй частак.
}
evidence-verdict = Ацэнка: { $verdict }.
evidence-when = Калі
evidence-how = Як
evidence-how-words = Старонка: { $way }.
evidence-program = Чым: { $program }.
evidence-first-step = { $count ->
        [0] Без браўзера старонка прыйшла без тэксту.
        [one] Без браўзера старонка прыйшла з { $count } словам тэксту.
       *[other] Без браўзера старонка прыйшла з { $count } словамі тэксту.
    }
evidence-second-step = { $count ->
        [one] Калі спрацавалі яе скрыпты, у ёй стала { $count } слова. Тое, што даслаў сайт, захоўваецца побач.
        [few] Калі спрацавалі яе скрыпты, у ёй стала { $count } словы. Тое, што даслаў сайт, захоўваецца побач.
       *[other] Калі спрацавалі яе скрыпты, у ёй стала { $count } слоў. Тое, што даслаў сайт, захоўваецца побач.
    }
evidence-from-where = Адкуль
evidence-asked = Запытана: { $address }
evidence-sent-on = { $status }, перанакіравана на { $address }
evidence-answered = { $status } ад { $address }
evidence-copy = Копія
evidence-copy-words = Гэта не старонка са свайго месца, а копія, якую { $keeper } захоўвае з { $date }.
evidence-own-answer = На сваім месцы: { $what ->
        [host-not-found] такога вузла больш няма
        [host-unreachable] ніхто не адказаў так, як адказвае сайт
        [not-served] сайт адказаў { $status }, старонкі няма
        [error_page] сайт адказаў старонкай пра памылку
        [cookie_wall] сайт паказаў толькі запыт пра файлы cookie
        [login] сайт спытаў імя і пароль
        [paywall] сайт паказаў пачатак і папрасіў аплату
        [block_page] у адказе сказана, што доступ заблакіраваны
        [captcha] сайт запатрабаваў даказаць, што пытаецца не праграма
        [parked] дамен прадаваўся або пуставаў
       *[other] старонку атрымаць не ўдалося
    }.
evidence-copy-same-day = Гэта той самы дзень, які маецца на ўвазе.
evidence-copy-before = { $days ->
    [one] Гэта на { $days } дзень раней за дату, якая маецца на ўвазе ({ $date }).
    [few] Гэта на { $days } дні раней за дату, якая маецца на ўвазе ({ $date }).
   *[other] Гэта на { $days } дзён раней за дату, якая маецца на ўвазе ({ $date }).
}
evidence-copy-after = { $days ->
    [one] Гэта на { $days } дзень пазней за дату, якая маецца на ўвазе ({ $date }).
    [few] Гэта на { $days } дні пазней за дату, якая маецца на ўвазе ({ $date }).
   *[other] Гэта на { $days } дзён пазней за дату, якая маецца на ўвазе ({ $date }).
}
evidence-certificate = Сертыфікат вузла
evidence-certificate-words = { $host } паказаў сертыфікат на імя { $subject }, выдадзены { $issuer }, сапраўдны з { $from } па { $until }. Адбітак: { $digest }
evidence-certificate-none = Не запісаны.
evidence-charset = Літары
evidence-charset-words = Прачытана як { $charset }.
evidence-digest = Адбіткі (SHA-256)
evidence-digest-capture = Усяго атрыманага: { $digest }
evidence-digest-page = Старонкі: { $digest }
evidence-agree = Ці супадаюць іншыя копіі?
evidence-agrees = Так: захаванае { $date } ({ $way }) супадае да байта.
evidence-agrees-none = Ніводная іншая захаваная копія ў гэтым архіве, зробленая іначай ці ў іншы дзень, не супадае з гэтай.
evidence-limits = Тут сказана, што атрымаў Ibid, а адбіткі паказваюць, што з таго часу гэтага ніхто не мяняў. Што сайт паказваў іншым, гэта не даказвае.
evidence-copy-digest = Скапіяваць адбітак

print-title = Друк старонкі
print-text = Старонка трапіць на паперу або ў PDF такой, якой яна была; фонавыя малюнкі прынтар можа прапусціць.
print-done = Запісана: { $name }
print-printer = Прынтар
print-on-printer = Надрукаваць
print-printed = Перададзена прынтару { $name }. Сістэма нейкі час захоўвае тое, што друкуе.
print-failed = Прынтар { $name } гэтага не прыняў.

action-look = Паказаць крыніцу, як яна выглядала, ці як тэкст
action-evidence = Сведчанні пра крыніцу…
action-print = Друк крыніцы…

source-pane-saved-as-it-looked = Захавана { $date } · як выглядала
source-pane-partly-saved-as-it-looked = Захавана часткова { $date } · як выглядала
