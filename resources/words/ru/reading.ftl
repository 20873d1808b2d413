# Окно чтения, карточка сноски и панель источника.

reading-text = Текст документа
reading-page = Страницы документа
reading-notes = Сноски
reading-find = Найти в этом документе
reading-found = { $current ->
    [0] Найдено: { $count }
   *[other] { $current } из { $count }
}
reading-found-nothing = В этом документе не найдено
reading-next = Следующее
reading-previous = Предыдущее
reading-close = Закрыть
reading-copy = Копировать
reading-select-all = Выделить всё
reading-open-source = Открыть источник
reading-go-to-note = К сноске
reading-repeats = То же, что в сноске { $note }
reading-repeats-through = То же, что в сноске { $note }, через { $through }
reading-also-in = Также в архиве: { $languages }
reading-also-elsewhere = Есть и в других местах: { $languages }
reading-state-saved = Сохранено
reading-state-partial = Сохранено частично
reading-state-waiting = Ещё не сохранено
reading-state-gone = Исчезло
reading-state-refused = Отклонено
reading-state-failed = Не удалось сохранить
reading-state-no-address = Без адреса
reading-state-on = { $state } { $date }

source-pane-nothing = Задержите указатель на сноске и откройте её источник: он появится здесь, рядом с текстом.
source-pane-close = Закрыть источник
source-pane-attach = Прикрепить файл…
source-pane-compare = Сравнить: { $date }
source-pane-saved-as-text = Сохранено { $date } · как текст
source-pane-partly-saved-as-text = Сохранено частично { $date } · как текст
source-pane-address = Адрес источника
source-pane-cited-by = { $count ->
    [one] На него ссылается { $count } доклад
    [few] На него ссылаются { $count } доклада
    [many] На него ссылаются { $count } докладов
   *[other] На него ссылаются { $count } доклада
}
source-pane-at-note = { $title }, сноска { $label }
source-pane-captures = { $count ->
    [one] { $count } сохранённая копия
    [few] { $count } сохранённые копии
    [many] { $count } сохранённых копий
   *[other] { $count } сохранённой копии
}
source-pane-quote-found = Цитируемые слова отмечены.
source-pane-quote-title = Название сохранённой страницы — то, что указано в сноске.
source-pane-quote-nearly = Цитируемые слова есть в сохранённом тексте почти так, как в сноске.
source-pane-quote-missing = Цитируемых слов в сохранённом тексте не нашлось.
source-pane-empty = Страница сохранена, но текста, который Ibid мог бы прочитать, в ней нет.
source-pane-waiting = Ещё не сохранено.
    Документ ссылается на этот источник, но в этот архив его пока никто не сохранил.
source-pane-gone = Этот источник исчез.
    Когда его запросили, страницы уже не существовало.
source-pane-refused = Этот источник не сохранён.
    Отказал сайт или сам Ibid.
source-pane-failed = Этот источник не удалось сохранить.
    Сайт не ответил, или его ответ нельзя было сохранить.
source-pane-no-address = В этой сноске нет адреса.
    Сохранять нечего: всё, что есть, — сама сноска.
source-pane-partial-empty = Сохранить удалось только часть, и текста в ней нет.
source-pane-what-to-do-save = Архивист с доступом к сети может сохранить его командой:
source-pane-what-to-do-again = Архивист с доступом к сети может попробовать ещё раз командой:
source-pane-verdict-complete = полностью
source-pane-verdict-partial = частично
source-pane-verdict-error-page = страница ошибки
source-pane-verdict-cookie-wall = запрос о файлах cookie
source-pane-verdict-login = страница входа
source-pane-verdict-paywall = платный доступ
source-pane-verdict-block-page = страница блокировки
source-pane-verdict-captcha = проверка на робота
source-pane-verdict-parked = брошенный домен
source-pane-verdict-empty-page = пустая страница
source-pane-verdict-unreadable = не читается

reading-without-text = В этом файле только изображения страниц без текста, поэтому в нём ничего нельзя найти.
reading-recognise = Прочитать текст…
reading-recognised = Прочитано с изображений программой { $engine } ({ $languages }), уверенность { $sure } %: в словах могут быть ошибки.
