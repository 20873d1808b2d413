# Источники, которые предстоит сохранить: список, порядок, что стало с каждым и что о копии сказал человек.

risk-listed_blocked = в вашем списке: заблокирован
risk-listed_labelled = в вашем списке: с пометкой
risk-social = запись в соцсети, такие пропадают
risk-flaky = раньше не удалось сохранить целиком
risk-old = давняя страница
risk-quoted = доклад цитирует её дословно
risk-untried = ещё не пробовали

capture-under_way = Запрашивается…
capture-in_browser = Собирается в браузере…
capture-broken = Не удалось записать в архив
capture-saved-copy = Сохранено с копии
capture-quoted-missing = Процитированных слов в сохранённом тексте не нашлось.
capture-judged = Оценка человека: { $judged }. Ibid считал так: { $said }.
capture-end = { $tried ->
    [0] Ни один источник не запрашивался.
    [one] Запрошен { $tried } источник.
    [few] Запрошено { $tried } источника.
   *[many] Запрошено { $tried } источников.
}
capture-end-copies = { $count ->
    [one] { $count } получен с копии из веб-архива.
    [few] { $count } получены с копий из веб-архивов.
   *[many] { $count } получено с копий из веб-архивов.
}
capture-end-browser = { $count ->
    [one] { $count } собран в браузере.
    [few] { $count } собраны в браузере.
   *[many] { $count } собрано в браузере.
}
capture-end-not-found = { $count ->
    [one] В { $count } не нашлось процитированных слов.
   *[many] В { $count } не нашлось процитированных слов.
}
capture-end-untouched = { $count ->
    [one] До { $count } очередь не дошла. Запустите ещё раз — работа продолжится отсюда.
   *[many] До { $count } очередь не дошла. Запустите ещё раз — работа продолжится отсюда.
}
capture-end-not-saved = Не сохранено целиком, и почему:

worth-complete = сам источник, целиком
worth-partial = часть источника
worth-error_page = страница о том, что источника нет
worth-cookie_wall = запрос о файлах cookie
worth-login = страница входа
worth-paywall = начало и просьба об оплате
worth-block_page = сообщение о блокировке
worth-captcha = проверка, не программа ли спрашивает
worth-parked = адрес, выставленный на продажу
worth-empty_page = страница без текста
worth-unreadable = файл, текст которого не прочитать

terminal-capture-planned = { $count ->
    [0] Нет источников, которые ждут сохранения.
    [one] Будет запрошен { $count } источник, в таком порядке.
    [few] Будут запрошены { $count } источника, в таком порядке.
   *[many] Будет запрошено { $count } источников, в таком порядке.
}
error-capture-not-found = { $count ->
    [0] Нет сохранённой копии, идентификатор которой начинается с { $capture }. Ничего не изменилось.
   *[other] Сохранённых копий с идентификатором, начинающимся с { $capture }: { NUMBER($count, useGrouping: 0) }. Укажите больше знаков. Ничего не изменилось.
}
error-hosts-unreadable = Строку { NUMBER($line, useGrouping: 0) } списка сайтов Ibid прочитать не смог: нужен сайт, а за ним «blocked» или «labelled». Ничего не запрашивалось и не записано.
