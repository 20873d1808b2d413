terminal-passphrase = Парольная фраза архива { $name }:
terminal-new-passphrase = Новая парольная фраза:
terminal-passphrase-again = Ещё раз:
terminal-stopped = Остановлено по вашей просьбе. Всё законченное раньше сохранено.
terminal-made = Создан новый архив: { $title }
terminal-importing = Добавление
terminal-imported = { $name }: { $title } ({ $notes ->
        [one] { $notes } сноска
        [few] { $notes } сноски
       *[many] { $notes } сносок
    }, связано с текстом: { $paired })
terminal-already = { $name }: уже здесь
terminal-import-counts = Добавлено: { $arrived }, уже были здесь: { $already }, не добавлено: { $failed }.
terminal-report-kinds = Отчёт — это файл .csv или .json.
terminal-search-usage = Укажите хотя бы один архив, а затем вопрос.
terminal-hits = { $count ->
        [0] Ничего не найдено.
        [one] { $count } документ
        [few] { $count } документа
       *[many] { $count } документов
    }
terminal-capturing = Сохранение источников
terminal-sharing = Запись копии
terminal-shared = { $name } записан и прочитан с диска: { $documents ->
        [one] { $documents } документ.
        [few] { $documents } документа.
       *[many] { $documents } документов.
    }
terminal-same-passphrase = Копия заперта той же парольной фразой, что и архив. Другую можно дать через --target-passphrase-file.
terminal-verifying = Проверка
terminal-whole = Архив цел: документов — { $documents }, объектов — { $objects }.
terminal-damaged = Архив повреждён. Не полагайтесь на него; по возможности возьмите другую копию.
terminal-merging = Объединение
terminal-merged = Новых — { $new }, уже было — { $same }, отклонено — { $refused }.
terminal-export-unknown = Ibid знает такие виды: { $kinds }.
terminal-exporting = Запись веб-архива
terminal-exported = Файл { $name } записан: { $captures ->
        [one] { $captures } сохранённое состояние источников
        [few] { $captures } сохранённых состояния источников
       *[many] { $captures } сохранённых состояний источников
    }.
terminal-exported-open = Файл { $name } может прочитать каждый, у кого он есть: веб-архив нельзя закрыть паролем.
terminal-file-password = Пароль файла { $name }:
terminal-understood = Понято так: { $said }
terminal-also-cites = Ссылаются { $count ->
        [one] { $count } документ
        [few] { $count } документа
       *[other] { $count } документов
    }: ibid search … '{ $text }'
terminal-at-least = Не меньше { $count ->
        [one] { $count } документа
       *[other] { $count } документов
    }
terminal-more-passages = всего { $count ->
        [one] { $count } место
        [few] { $count } места
       *[other] { $count } мест
    }
terminal-csv-written = { $name } записан: { $count ->
        [one] { $count } строка
        [few] { $count } строки
       *[other] { $count } строк
    }.
terminal-collected = { $name }: добавлено { $count ->
        [one] { $count } документ
        [few] { $count } документа
       *[other] { $count } документов
    }.
terminal-uncollected = { $name }: убрано { $count ->
        [one] { $count } документ
        [few] { $count } документа
       *[other] { $count } документов
    }.
terminal-collection-removed = Подборки { $name } больше нет; её документы остались в архиве.
terminal-collection-renamed = { $name } теперь называется { $to }.
terminal-cites-nobody = Ни одна сноска на это не ссылается.
terminal-sources-shared = { $count ->
        [one] { $count } общий источник
        [few] { $count } общих источника
       *[other] { $count } общих источников
    }
terminal-facet-none = не указано
terminal-writing-csv = Запись
terminal-recognising = Чтение страниц
terminal-recognised = { $title }: прочитано программой Tesseract с уверенностью { $sure } %, абзацев: { $passages }. Теперь это можно найти.
