# Веб-архивы (WARC, ARC, WACZ), файлы ZIM и файлы, приложенные к источнику.

pages-saved-in = Страницы, сохранённые в { $name }

error-part-of-file = Это одна из частей файла ZIM. Архив не изменился. Соедините все части по порядку в один файл с окончанием .zim и добавьте его.
error-articles-wanted = В файле ZIM много статей, и ни одна не выбрана. Архив не изменился. Посмотрите их командой «ibid zim FILE» и назовите нужные после --articles.
error-article-not-found = В файле нет статьи с таким заголовком или путём. Архив не изменился. Посмотрите статьи командой «ibid zim FILE --find СЛОВА».
error-not-in-file = В файле нет ничего, сохранённого с { $address }. Архив не изменился. Проверьте адрес или добавьте файл целиком.

problem-web-archive-no-pages = Сохранённых страниц в файле не нашлось. Ничего не добавлено.
problem-web-archive-records-damaged = Места файла, где запись не читается: { $detail }. То, что стоит до и после них, добавлено.
problem-web-archive-records-nameless = Записи без веб-адреса пропущены: { $detail }.
problem-web-archive-records-unrepeatable = Пропущены записи, которые лишь указывают на страницу из другого файла: { $detail }.
problem-web-archive-part-unreadable = Часть файла не читается ({ $detail }). Остальное добавлено.
problem-wacz-digest-differs = Часть файла не та, что указана в его таблице контрольных сумм: { $detail }. Её изменили или повредили после сохранения страниц.
problem-wacz-part-missing = Нет части, названной в таблице файла: { $detail }.
problem-page-list-lines-unreadable = Строки списка страниц, которые не ведут ни к какому веб-адресу: { $detail }.
problem-zim-unchecked = Файл слишком велик, чтобы сверить его с контрольной суммой ({ $detail }). Статьи из него добавить можно.
problem-zim-entries-damaged = Записи файла, которые не читаются: { $detail }. Остальные добавить можно.
problem-zim-entries-unlisted = В списке только первые статьи ({ $detail }). Остальные можно назвать по заголовку.

terminal-looking-through = Просматриваю
terminal-page = { $state }: { $title }
terminal-page-already = уже здесь: { $address }
terminal-pages = { $name }: { $new ->
        [one] добавлена { $new } страница
        [few] добавлены { $new } страницы
       *[many] добавлено { $new } страниц
    }, уже здесь: { $already }, не читаются: { $failed }; других ответов сохранено: { $others }.
terminal-attached = Приложено к { $address }: { $state }
terminal-articles = { $count ->
        [0] Ни одной статьи.
        [one] { $count } статья
        [few] { $count } статьи
       *[many] { $count } статей
    }

bring-in-looking = Просматривается…
bring-in-pages = { $new ->
        [0] Новых страниц нет.
        [one] Добавлена { $new } страница.
        [few] Добавлены { $new } страницы.
       *[many] Добавлено { $new } страниц.
    } { $already ->
        [0] { "" }
       *[other] Уже здесь: { $already }.
    } { $others ->
        [0] { "" }
       *[other] Сохранено картинок и других файлов: { $others }.
    }
bring-in-pages-failed = Страницы, которые не читаются: { $count }.
bring-in-articles-chosen = Выбрано статей: { $count }. Они добавляются одна за другой.

files-web-archives = Веб-архивы

articles-title = Выберите статьи из «{ $name }»
articles-filter = Слова заголовка
articles-listing = Составляется список статей…
articles-shown = { $count ->
        [0] Нет статей с такими словами в заголовке.
        [one] { $count } статья
        [few] { $count } статьи
       *[many] { $count } статей
    }
articles-chosen = { $count ->
        [0] Ничего не выбрано
       *[other] Выбрано: { $count }
    }
articles-choose-all = Выбрать все показанные
articles-choose-none = Снять выбор
articles-come = Добавлено { $done } из { $total }

attach-title = Файл прикреплён
attach-choose = Прикрепить
attach-kinds = Сохранённые страницы
attach-already = Это состояние источника уже было в архиве. Ничего не изменилось.
attach-no-text = Файл сохранён как есть. Прочитать в нём текст не удалось, поэтому источник считается сохранённым частично.
attach-failed = Файл не прикреплён
difference-title = Что изменилось
difference-between = С { $older } по { $newer }
difference-count = { $count ->
        [0] Тексты совпадают слово в слово.
        [one] Изменилось { $count } место.
        [few] Изменилось { $count } места.
       *[many] Изменилось { $count } мест.
    }
difference-unchanged = { $count ->
        [one] { $count } абзац без изменений
        [few] { $count } абзаца без изменений
       *[many] { $count } абзацев без изменений
    }
difference-next = Следующее изменение
difference-previous = Предыдущее изменение
web-archive-title = Записать сохранённые страницы веб-архивом
web-archive-text = Все сохранённые состояния всех источников войдут в один файл, с картинками и стилями. Его показывают ReplayWeb.page, pywb и другие программы; Ibid принимает его обратно.
web-archive-kind-wacz = WACZ (*.wacz)
web-archive-kind-warc = WARC (*.warc.gz)
web-archive-done = { $count ->
        [one] Файл { $name } записан: { $count } сохранённое состояние.
        [few] Файл { $name } записан: { $count } сохранённых состояния.
       *[many] Файл { $name } записан: { $count } сохранённых состояний.
    }
