# Окно: строка, библиотека, найденное, полоса, меню.

search-placeholder = Искать везде
search-clear = Очистить запрос

results-name = Найденное
results-count = { $count ->
    [one] { $number } документ
    [few] { $number } документа
   *[many] { $number } документов
}
results-none-count = Нет документов
results-understood = Понято как: { $understood }
results-spellings = Пишут также:
results-spelling-tip = Искать и это написание
results-none-title = Об этом здесь ничего нет.
results-none-text = Попробуйте меньше слов, другое написание или начало слова со звёздочкой: репресс*. Слова в кавычках ищутся подряд, как фраза.
hit-untitled = Без названия
hit-in-title = Доклад, в названии
hit-in-body = Доклад
hit-in-note = Доклад, в сноске { $label }
hit-in-source = { $more ->
    [0] В сохранённом источнике из сноски { $label } в «{ $title }»
   *[other] В сохранённом источнике из сноски { $label } в «{ $title }» и ещё { $more }
}
hit-in-uncited-source = В сохранённом источнике
hit-page = с. { $page }

library-name = Библиотека
library-reports = Доклады
library-sources = Источники
language-en = На английском
language-ru = На русском
language-be = На белорусском
language-uk = На украинском
language-und = На других языках
archive-on-computer = на этом компьютере
archive-on-stick = на флешке
archive-locked = под замком
archive-open = без замка
archive-read-only = только чтение

home-start-title = Там же.
home-start-text = Ibid хранит документ вместе со всем, на что ссылаются его сноски: без сети, с поиском, и всё это помещается на флешку.
home-open = архив из папки или с флешки
home-new = свой пустой архив
home-sample = небольшое собрание, чтобы осмотреться
home-empty-text = В этом архиве пока пусто. Добавьте доклад, и Ibid найдёт его сноски и источники, на которые они ссылаются. Файлы можно и просто перетащить в это окно.
home-empty-read-only-text = В этом архиве пусто, а добавить в него там, где он лежит, ничего нельзя.
home-bring-in = PDF, Word, OpenDocument, EPUB, веб-страница, Markdown, текст
home-library-title = Библиотека
home-library-text = { $reports ->
    [one] { $reports } доклад
    [few] { $reports } доклада
   *[many] { $reports } докладов
} · { $sources ->
    [one] { $sources } источник
    [few] { $sources } источника
   *[many] { $sources } источников
} · { $captures ->
    [one] { $captures } сохранённая копия
    [few] { $captures } сохранённые копии
   *[many] { $captures } сохранённых копий
}
home-search = доклады, сноски и источники сразу
home-share = на флешку, с проверкой записанного

strip-offline = Без сети
strip-offline-unsealed = Без сети; эта система сама за этим не следит
strip-documents = { $count ->
    [one] { $count } документ
    [few] { $count } документа
   *[many] { $count } документов
}
strip-damaged = { $count ->
    [one] { $count } том повреждён и не показан
    [few] { $count } тома повреждены и не показаны
   *[many] { $count } томов повреждены и не показаны
}
strip-tasks = { $words } · задач: { $count }
task-stop = Остановить
task-opening = Открывается архив
task-sample = Собирается пример
task-bringing-in = Добавление
task-sharing = Запись копии
task-merging = Объединение
task-verifying = Проверка
task-attaching = Прикрепление

menu-name = Меню
action-search = Искать
action-contents = Содержание
action-page = Как выглядят страницы
action-find = Найти в этом документе
action-find-next = Следующее место
action-find-previous = Предыдущее место
action-next-result = Следующий из найденных
action-previous-result = Предыдущий из найденных
action-back = Назад
action-forward = Вперёд
action-open = Открыть…
action-new = Новый архив…
action-sample = Пример
action-bring-in = Добавить…
action-bring-in-folder = Добавить папку…
action-bring-in-list = Что добавляется
action-share = Поделиться…
action-export = Записать веб-архив…
action-merge = Взять из архива…
action-verify = Проверить архив
action-library = Библиотека
action-sources = Источник рядом
action-next-zone = Следующая часть окна
action-larger = Текст крупнее
action-smaller = Текст мельче
action-usual-size = Обычный размер текста
action-theme = Следующая тема
action-preferences = Настройки…
action-keys = Клавиатура
action-about = Об Ibid
action-lock = Закрыть на замок
action-quit = Выйти
theme-light = Светлая
theme-sepia = Сепия
theme-dark = Тёмная

notice-failed = Не получилось
notice-not-opened = Архив не открыт

window-no-screen = Здесь нет экрана, на котором можно показать окно. Ничего не открыто. Есть команды терминала (ibid --help) и ibid demo ПАПКА для снимков.

task-recognising = Чтение текста со страниц
library-without-text = без текста
library-recognised = прочитано с изображений
