terminal-passphrase = Парольная фраза архіва { $name }:
terminal-new-passphrase = Новая парольная фраза:
terminal-passphrase-again = Яшчэ раз:
terminal-stopped = Спынена па вашай просьбе. Усё скончанае раней захавана.
terminal-made = Створаны новы архіў: { $title }
terminal-importing = Дадаванне
terminal-imported = { $name }: { $title } ({ $notes ->
        [one] { $notes } зноска
        [few] { $notes } зноскі
       *[many] { $notes } зносак
    }, звязана з тэкстам: { $paired })
terminal-already = { $name }: ужо тут
terminal-import-counts = Дададзена: { $arrived }, ужо былі тут: { $already }, не дададзена: { $failed }.
terminal-report-kinds = Справаздача — гэта файл .csv або .json.
terminal-search-usage = Пакажыце хаця б адзін архіў, а потым пытанне.
terminal-hits = { $count ->
        [0] Нічога не знойдзена.
        [one] { $count } дакумент
        [few] { $count } дакументы
       *[many] { $count } дакументаў
    }
terminal-capturing = Захаванне крыніц
terminal-sharing = Запіс копіі
terminal-shared = { $name } запісаны і прачытаны з дыска: { $documents ->
        [one] { $documents } дакумент.
        [few] { $documents } дакументы.
       *[many] { $documents } дакументаў.
    }
terminal-same-passphrase = Копія замкнёная той жа парольнай фразай, што і архіў. Іншую можна даць праз --target-passphrase-file.
terminal-verifying = Праверка
terminal-whole = Архіў цэлы: дакументаў — { $documents }, аб’ектаў — { $objects }.
terminal-damaged = Архіў пашкоджаны. Не спадзявайцеся на яго; па магчымасці вазьміце іншую копію.
terminal-merging = Аб’яднанне
terminal-merged = Новых — { $new }, ужо было — { $same }, адхілена — { $refused }.
terminal-export-unknown = Ibid ведае такія віды: { $kinds }.
terminal-exporting = Запіс вэб-архіва
terminal-exported = Файл { $name } запісаны: { $captures ->
        [one] { $captures } захаваны стан крыніц
        [few] { $captures } захаваныя станы крыніц
       *[many] { $captures } захаваных станаў крыніц
    }.
terminal-exported-open = Файл { $name } можа прачытаць кожны, у каго ён ёсць: вэб-архіў нельга зачыніць паролем.
terminal-file-password = Пароль файла { $name }:
terminal-understood = Зразумета так: { $said }
terminal-also-cites = Спасылаюцца { $count ->
        [one] { $count } дакумент
        [few] { $count } дакументы
       *[other] { $count } дакументаў
    }: ibid search … '{ $text }'
terminal-at-least = Не менш за { $count ->
        [one] { $count } дакумент
        [few] { $count } дакументы
       *[other] { $count } дакументаў
    }
terminal-more-passages = усяго { $count ->
        [one] { $count } месца
        [few] { $count } месцы
       *[other] { $count } месцаў
    }
terminal-csv-written = { $name } запісаны: { $count ->
        [one] { $count } радок
        [few] { $count } радкі
       *[other] { $count } радкоў
    }.
terminal-collected = { $name }: дададзена { $count ->
        [one] { $count } дакумент
        [few] { $count } дакументы
       *[other] { $count } дакументаў
    }.
terminal-uncollected = { $name }: прыбрана { $count ->
        [one] { $count } дакумент
        [few] { $count } дакументы
       *[other] { $count } дакументаў
    }.
terminal-collection-removed = Падборкі { $name } больш няма; яе дакументы засталіся ў архіве.
terminal-collection-renamed = { $name } цяпер называецца { $to }.
terminal-cites-nobody = Ніводная зноска на гэта не спасылаецца.
terminal-sources-shared = { $count ->
        [one] { $count } агульная крыніца
        [few] { $count } агульныя крыніцы
       *[other] { $count } агульных крыніц
    }
terminal-facet-none = не пазначана
terminal-writing-csv = Запіс
terminal-recognising = Чытанне старонак
terminal-recognised = { $title }: прачытана праграмай Tesseract з упэўненасцю { $sure } %, абзацаў: { $passages }. Цяпер гэта можна знайсці.
