# Источники, которые предстоит сохранить: список, порядок, что стало с каждым и что о копии сказал человек.

risk-listed_blocked = в вашем списке: заблокирован
risk-listed_labelled = в вашем списке: с пометкой
risk-social = запись в соцсети, такие пропадают
risk-flaky = раньше не удалось сохранить целиком
risk-old = странице пять лет или больше
risk-quoted = доклад цитирует её дословно
risk-untried = ещё не пробовали

capture-under_way = Запрашивается…
capture-in_browser = Собирается в браузере…
capture-broken = Не удалось записать в архив
capture-saved-copy = Сохранено с копии
capture-quoted-missing = Процитированных слов в сохранённом тексте не нашлось.
capture-judged-short = { $judged } — оценка человека; Ibid считал: { $said }
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
capture-unbuilt = Похоже, страницу собирают её собственные скрипты, а запустить браузер здесь не удалось.
capture-end-unbuilt = Похоже, собираются собственными скриптами: { $count }. Запустить браузер здесь не удалось.
capture-end-not-saved = Не сохранено целиком, и почему:

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

work-title = Что предстоит сохранить
work-scope = Чьи источники
work-states = Какие из них
work-shown-unsaved = Ещё не сохранены
work-shown-gone = Исчезли или отклонены
work-shown-saved = Сохранены
work-shown-all = Все
work-all-of = Все источники архива «{ $archive }»
work-collection = Подборка: { $name }
work-cited-at = сноска { $label }, «{ $title }»{ $more ->
    [0] {""}
   *[other] {" "}и ещё { $more }
}
work-cited-more = и ещё { $count }
work-tries = { $count ->
    [one] Запрошен { $count } раз.
    [few] Запрошен { $count } раза.
   *[many] Запрошен { $count } раз.
}
work-looking = Просматриваем сноски…
work-none = Ни одна сноска здесь не даёт адреса.
work-empty-unsaved = Всё, на что здесь ссылаются, сохранено, исчезло или отклонено.
work-empty-gone = Ничего не исчезло, ничего не отклонено.
work-empty-saved = Пока ничего не сохранено.
work-empty-all = Ни одна сноска здесь не даёт адреса.
work-running = Сохраняем: { $done } из { $total }
work-paused = Пауза: { $done } из { $total }
work-pause = Пауза
work-resume = Продолжить
work-more = Ещё…
work-save-all = Сохранить все ({ $count })
work-retry-all = Попробовать все ещё раз ({ $count })
work-save-picked = Сохранить выбранные ({ $count })
work-save-one = Сохранить этот сейчас
work-open = Показать рядом
work-follow = Сохранить и то, на что ссылается он сам
work-judge = Что такое копия от { $date }
work-judge-undo = Как считал Ibid: { $said }
work-hosts = Список сайтов
work-hosts-choose = Мой список сайтов, которые сохранить первыми…
work-hosts-forget = Забыть мой список сайтов
work-sealed = Это окно не выходит в сеть, так задумано. Чтобы сохранить источники, закройте его и запустите:
task-capturing = Сохраняем источники
strip-archivist = Сохраняет источники по вашей просьбе; само окно без сети
action-work-list = Что предстоит сохранить
