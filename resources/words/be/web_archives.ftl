# Вэб-архівы (WARC, ARC, WACZ), файлы ZIM і файлы, прыкладзеныя да крыніцы.

pages-saved-in = Старонкі, захаваныя ў { $name }

error-part-of-file = Гэта адна з частак файла ZIM. Архіў не змяніўся. Злучыце ўсе часткі па парадку ў адзін файл з канчаткам .zim і дадайце яго.
error-articles-wanted = У файле ZIM шмат артыкулаў, і ніводзін не выбраны. Архіў не змяніўся. Паглядзіце іх камандай «ibid zim FILE» і назавіце патрэбныя пасля --articles.
error-article-not-found = У файле няма артыкула з такім загалоўкам ці шляхам. Архіў не змяніўся. Паглядзіце артыкулы камандай «ibid zim FILE --find СЛОВЫ».
error-not-in-file = У файле няма нічога, захаванага з { $address }. Архіў не змяніўся. Праверце адрас або дадайце файл цалкам.

problem-web-archive-no-pages = Захаваных старонак у файле не знайшлося. Нічога не дададзена.
problem-web-archive-records-damaged = Месцы файла, дзе запіс не чытаецца: { $detail }. Тое, што стаіць да і пасля іх, дададзена.
problem-web-archive-records-nameless = Запісы без вэб-адраса прапушчаны: { $detail }.
problem-web-archive-records-unrepeatable = Прапушчаны запісы, якія толькі паказваюць на старонку з іншага файла: { $detail }.
problem-web-archive-part-unreadable = Частка файла не чытаецца ({ $detail }). Астатняе дададзена.
problem-wacz-digest-differs = Частка файла не тая, што пазначана ў яго табліцы кантрольных сум: { $detail }. Яе змянілі ці пашкодзілі пасля захавання старонак.
problem-wacz-part-missing = Няма часткі, названай у табліцы файла: { $detail }.
problem-page-list-lines-unreadable = Радкі спіса старонак, якія не вядуць ні да якога вэб-адраса: { $detail }.
problem-zim-unchecked = Файл завялікі, каб зверыць яго з кантрольнай сумай ({ $detail }). Артыкулы з яго дадаць можна.
problem-zim-entries-damaged = Запісы файла, якія не чытаюцца: { $detail }. Астатнія дадаць можна.
problem-zim-entries-unlisted = У спісе толькі першыя артыкулы ({ $detail }). Астатнія можна назваць па загалоўку.

terminal-looking-through = Праглядаю
terminal-page = { $state }: { $title }
terminal-page-already = ужо тут: { $address }
terminal-pages = { $name }: { $new ->
        [one] дададзена { $new } старонка
        [few] дададзены { $new } старонкі
       *[many] дададзена { $new } старонак
    }, ужо тут: { $already }, не чытаюцца: { $failed }; іншых адказаў захавана: { $others }.
terminal-attached = Прыкладзена да { $address }: { $state }
terminal-articles = { $count ->
        [0] Ніводнага артыкула.
        [one] { $count } артыкул
        [few] { $count } артыкулы
       *[many] { $count } артыкулаў
    }

bring-in-looking = Праглядаецца…
bring-in-pages = { $new ->
        [0] Новых старонак няма.
        [one] Дададзена { $new } старонка.
        [few] Дададзены { $new } старонкі.
       *[many] Дададзена { $new } старонак.
    } { $already ->
        [0] { "" }
       *[other] Ужо тут: { $already }.
    } { $others ->
        [0] { "" }
       *[other] Захавана малюнкаў і іншых файлаў: { $others }.
    }
bring-in-pages-failed = Старонкі, якія не чытаюцца: { $count }.
bring-in-articles-chosen = Выбрана артыкулаў: { $count }. Яны дадаюцца адзін за адным.

files-web-archives = Вэб-архівы

articles-title = Выберыце артыкулы з «{ $name }»
articles-filter = Словы загалоўка
articles-listing = Складаецца спіс артыкулаў…
articles-shown = { $count ->
        [0] Няма артыкулаў з такімі словамі ў загалоўку.
        [one] { $count } артыкул
        [few] { $count } артыкулы
       *[many] { $count } артыкулаў
    }
articles-chosen = { $count ->
        [0] Нічога не выбрана
       *[other] Выбрана: { $count }
    }
articles-choose-all = Выбраць усе паказаныя
articles-choose-none = Зняць выбар
articles-come = Дададзена { $done } з { $total }

attach-title = Файл далучаны
attach-choose = Далучыць
attach-kinds = Захаваныя старонкі
attach-already = Гэты стан крыніцы ўжо быў у архіве. Нічога не змянілася.
attach-no-text = Файл захаваны як ёсць. Прачытаць у ім тэкст не ўдалося, таму крыніца лічыцца захаванай часткова.
attach-failed = Файл не далучаны
difference-title = Што змянілася
difference-between = З { $older } па { $newer }
difference-count = { $count ->
        [0] Тэксты супадаюць слова ў слова.
        [one] Змянілася { $count } месца.
        [few] Змяніліся { $count } месцы.
       *[many] Змянілася { $count } месцаў.
    }
difference-unchanged = { $count ->
        [one] { $count } абзац без змен
        [few] { $count } абзацы без змен
       *[many] { $count } абзацаў без змен
    }
difference-next = Наступная змена
difference-previous = Папярэдняя змена
web-archive-title = Запісаць захаваныя старонкі вэб-архівам
web-archive-text = Усе захаваныя станы ўсіх крыніц увойдуць у адзін файл, з малюнкамі і стылямі. Яго паказваюць ReplayWeb.page, pywb і іншыя праграмы; Ibid прымае яго назад.
web-archive-kind-wacz = WACZ (*.wacz)
web-archive-kind-warc = WARC (*.warc.gz)
web-archive-done = { $count ->
        [one] Файл { $name } запісаны: { $count } захаваны стан.
        [few] Файл { $name } запісаны: { $count } захаваныя станы.
       *[many] Файл { $name } запісаны: { $count } захаваных станаў.
    }
