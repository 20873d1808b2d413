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
terminal-export-not-built = Ibid пока не умеет записывать { $kind }.
terminal-file-password = Пароль файла { $name }:
