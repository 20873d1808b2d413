# Вопросы: строки над найденным, уточнения, продолжения, справка.

results-more = Ещё
results-exact = Слова точно как написаны
results-save = Сохранить вопрос…
results-csv = Записать найденное таблицей…
results-order = Порядок: { $order }
order-relevance = сначала лучшие
order-newest = сначала новые
order-oldest = сначала старые
order-title = по названию
results-spellings-of = Вместо «{ $word }» также:
results-offer-cites = { $count ->
    [one] Ссылка в сносках { $count } документа
   *[other] Ссылка в сносках { $count } документов
}
results-like = Похожее на «{ $title }»
results-like-passage = Похожее на абзац из «{ $title }»
hit-in-text = в тексте
hit-in-note-only = в сноске { $label }
hit-in-title-only = в названии
hit-passages = { $count ->
    [one] { $number } место
    [few] { $number } места
   *[other] { $number } мест
}
facets-name = Уточнить
facet-none = не указано
facet-more = ещё { $count }…
facet-spoken = { $value }, { $count }
facet-spoken-chosen = { $value }, { $count }, выбрано
facet-chip = { $facet }: { $value }
facet-drop = Убрать уточнение: { $value }
facet-value-role-report = доклады
facet-value-role-source = сохранённые источники
facet-value-language-en = английский
facet-value-language-ru = русский
facet-value-language-be = белорусский
facet-value-language-uk = украинский
facet-value-language-und = другие языки
facet-value-state-saved = сохранён
facet-value-state-partial = сохранён частично
facet-value-state-waiting = ещё не сохранён
facet-value-state-gone = исчез
facet-value-state-refused = отказано
facet-value-state-failed = не удалось сохранить
facet-value-state-no_address = без адреса
completions-name = Как может продолжаться вопрос
completion-word = слово
completion-field = поле
completion-value = значение
completion-title = название

asking-title = Как спрашивать
asking-text = Наберите любые слова. Ibid найдёт все их формы на русском, белорусском, украинском и английском. Пример можно нажать.
asking-words = Документы, где есть оба слова
asking-words-example = школа река
asking-phrase = Слова подряд, точно так
asking-phrase-example = "права человека"
asking-or = Одно или другое
asking-or-example = арест OR задержание
asking-not = Без слова
asking-not-example = суд NOT апелляция
asking-beginning = Слова, которые так начинаются
asking-beginning-example = репресс*
asking-near = Слова рядом
asking-near-example = тюрьма NEAR освобождение
asking-title-field = В названии или в сноске
asking-title-field-example = title:доклад
asking-dates = С даты и до даты
asking-dates-example = выборы from:2020 to:2021
asking-language = На одном языке
asking-language-example = суд lang:be
asking-cites = В сносках — сайт или адрес
asking-cites-example = cites:spring96.org
asking-kind = Только доклады или только источники
asking-kind-example = суд role:source
asking-collection = В подборке
asking-collection-example = in:"Прочитать"

name-field = Название
name-keep = Сохранить
shelf-open = Открыть
shelf-rename = Переименовать
shelf-remove = Удалить
collections-title = Подборки
collection-new-title = Новая подборка
collection-new-text = Подборка собирает документы архива под одним названием. Она хранится в архиве и уходит вместе с ним, когда им делятся целиком.
collection-rename-text = Если такое название уже есть, две подборки станут одной.
collect-title = В каких подборках
collect-new = Новая подборка
collect-add = Добавить
related-like = Похожее
related-like-passage = Похожее на это место
related-citing = Кто ссылается, во всех архивах
related-citing-title = Кто на это ссылается
related-citing-count = { $address }: { $notes ->
    [0] ни одна сноска открытых архивов на это не ссылается.
    [one] { $notes } сноска
    [few] { $notes } сноски
   *[other] { $notes } сносок
}{ $notes ->
    [0] {""}
   *[other] {" "}в { $documents ->
        [one] { $documents } документе
       *[other] { $documents } документах
    }
}
related-at-note = { $title }, сноска { $label }
related-sharing = Общие источники с…
related-sharing-title = Ссылаются на то же
related-sharing-count = { $count ->
    [0] Больше никто не ссылается на источники документа «{ $title }».
    [one] { $count } документ ссылается на те же источники, что и «{ $title }».
    [few] { $count } документа ссылаются на те же источники, что и «{ $title }».
   *[other] { $count } документов ссылаются на те же источники, что и «{ $title }».
}
related-shared = { $count ->
    [one] { $count } общий источник
    [few] { $count } общих источника
   *[other] { $count } общих источников
}
related-collect = Подборки…
action-like = Похожее
action-shares-sources = Общие источники с…
action-collect = Подборки…
table-title = Записать найденное таблицей
table-text = Каждое найденное место станет строкой: название, сноска, страница, дата, издатель, адрес, архив. Файл открывают программы для таблиц.
table-warning = Файл не заперт. Его прочтёт любой, у кого этот компьютер или эта флешка, а удаление может его не стереть.
table-choose = Выбрать файл…
table-write = Записать
table-kind = Таблица (*.csv)
table-writing = Записывается. Отмена ничего не оставит.
table-done = { $count ->
    [one] { $name }: записана { $count } строка.
    [few] { $name }: записаны { $count } строки.
   *[other] { $name }: записано { $count } строк.
}

questions-title = Сохранённые вопросы
question-save = Сохранить вопрос

desk-name = ваш стол
desk-new-title = Свой стол
desk-new-text = Сохранённые вопросы лежат на столе: в вашей собственной папке, отдельно от архивов, и никогда не передаются вместе с ними. По ней видно, что вы искали, поэтому заприте её. Парольная фраза может быть та же, что у архива. Пока вы не создадите стол здесь, его нет.
desk-on-computer = На этом компьютере
desk-beside = Рядом с архивом, чтобы ездил с флешкой
desk-where = { $place }
desk-make = Создать стол
