# Пытанні: радкі над знойдзеным, удакладненні, працягі, даведка.

results-more = Яшчэ
results-exact = Словы дакладна як напісаны
results-save = Захаваць пытанне…
results-csv = Запісаць знойдзенае табліцай…
results-order = Парадак: { $order }
order-relevance = спачатку лепшыя
order-newest = спачатку новыя
order-oldest = спачатку старыя
order-title = па назве
results-spellings-of = Замест «{ $word }» таксама:
results-offer-cites = { $count ->
    [one] Спасылка ў зносках { $count } дакумента
   *[other] Спасылка ў зносках { $count } дакументаў
}
results-like = Падобнае да «{ $title }»
results-like-passage = Падобнае да абзаца з «{ $title }»
hit-in-text = у тэксце
hit-in-note-only = у зносцы { $label }
hit-in-title-only = у назве
hit-passages = { $count ->
    [one] { $number } месца
    [few] { $number } месцы
   *[other] { $number } месцаў
}
facets-name = Удакладніць
facet-none = не ўказана
facet-more = яшчэ { $count }…
facet-spoken = { $value }, { $count }
facet-spoken-chosen = { $value }, { $count }, выбрана
facet-chip = { $facet }: { $value }
facet-drop = Прыбраць удакладненне: { $value }
facet-value-role-report = даклады
facet-value-role-source = захаваныя крыніцы
facet-value-language-en = англійская
facet-value-language-ru = руская
facet-value-language-be = беларуская
facet-value-language-uk = украінская
facet-value-language-und = іншыя мовы
facet-value-state-saved = захавана
facet-value-state-partial = захавана часткова
facet-value-state-waiting = яшчэ не захавана
facet-value-state-gone = знікла
facet-value-state-refused = адмоўлена
facet-value-state-failed = не ўдалося захаваць
facet-value-state-no_address = без адраса
completions-name = Як можа працягвацца пытанне
completion-word = слова
completion-field = поле
completion-value = значэнне
completion-title = назва

asking-title = Як пытацца
asking-text = Набярыце любыя словы. Ibid знойдзе ўсе іх формы па-беларуску, па-руску, па-ўкраінску і па-англійску. Прыклад можна націснуць.
asking-words = Дакументы, дзе ёсць абодва словы
asking-words-example = школа рака
asking-phrase = Словы запар, дакладна так
asking-phrase-example = "правы чалавека"
asking-or = Адно або другое
asking-or-example = арышт OR затрыманне
asking-not = Без слова
asking-not-example = суд NOT апеляцыя
asking-beginning = Словы, якія так пачынаюцца
asking-beginning-example = рэпрэс*
asking-near = Словы побач
asking-near-example = турма NEAR вызваленне
asking-title-field = У назве або ў зносцы
asking-title-field-example = title:даклад
asking-dates = Ад даты і да даты
asking-dates-example = выбары from:2020 to:2021
asking-language = На адной мове
asking-language-example = суд lang:be
asking-cites = У зносках — сайт або адрас
asking-cites-example = cites:spring96.org
asking-kind = Толькі даклады або толькі крыніцы
asking-kind-example = суд role:source
asking-collection = У падборцы
asking-collection-example = in:"Прачытаць"

name-field = Назва
name-keep = Захаваць
shelf-open = Адкрыць
shelf-rename = Перайменаваць
shelf-remove = Выдаліць
collections-title = Падборкі
collection-new-title = Новая падборка
collection-new-text = Падборка збірае дакументы архіва пад адной назвай. Яна захоўваецца ў архіве і сыходзіць разам з ім, калі ім дзеляцца цалкам.
collection-rename-text = Калі такая назва ўжо ёсць, дзве падборкі стануць адной.
collect-title = У якіх падборках
collect-new = Новая падборка
collect-add = Дадаць
related-like = Падобнае
related-like-passage = Падобнае да гэтага месца
related-citing = Хто спасылаецца, ва ўсіх архівах
related-citing-title = Хто на гэта спасылаецца
related-citing-count = { $address }: { $notes ->
    [0] ніводная зноска адкрытых архіваў на гэта не спасылаецца.
    [one] { $notes } зноска
    [few] { $notes } зноскі
   *[other] { $notes } зносак
}{ $notes ->
    [0] {""}
   *[other] {" "}у { $documents ->
        [one] { $documents } дакуменце
       *[other] { $documents } дакументах
    }
}
related-at-note = { $title }, зноска { $label }
related-sharing = Агульныя крыніцы з…
related-sharing-title = Спасылаюцца на тое самае
related-sharing-count = { $count ->
    [0] Больш ніхто не спасылаецца на крыніцы дакумента «{ $title }».
    [one] { $count } дакумент спасылаецца на тыя ж крыніцы, што і «{ $title }».
    [few] { $count } дакументы спасылаюцца на тыя ж крыніцы, што і «{ $title }».
   *[other] { $count } дакументаў спасылаюцца на тыя ж крыніцы, што і «{ $title }».
}
related-shared = { $count ->
    [one] { $count } агульная крыніца
    [few] { $count } агульныя крыніцы
   *[other] { $count } агульных крыніц
}
related-collect = Падборкі…
action-like = Падобнае
action-shares-sources = Агульныя крыніцы з…
action-collect = Падборкі…
table-title = Запісаць знойдзенае табліцай
table-text = Кожнае знойдзенае месца стане радком: назва, зноска, старонка, дата, выдавец, адрас, архіў. Файл адкрываюць праграмы для табліц.
table-warning = Файл не замкнёны. Яго прачытае кожны, у каго гэты камп’ютар або гэтая флэшка, а выдаленне можа яго не сцерці.
table-choose = Выбраць файл…
table-write = Запісаць
table-kind = Табліца (*.csv)
table-writing = Запісваецца. Скасаванне нічога не пакіне.
table-done = { $count ->
    [one] { $name }: запісаны { $count } радок.
    [few] { $name }: запісаны { $count } радкі.
   *[other] { $name }: запісана { $count } радкоў.
}

questions-title = Захаваныя пытанні
question-save = Захаваць пытанне

desk-name = ваш стол
desk-new-title = Свой стол
desk-new-text = Захаваныя пытанні ляжаць на стале: у вашай уласнай папцы, асобна ад архіваў, і ніколі не перадаюцца разам з імі. Па ёй відаць, што вы шукалі, таму замкніце яе. Парольная фраза можа быць тая самая, што ў архіва. Пакуль вы не створыце стол тут, яго няма.
desk-on-computer = На гэтым камп’ютары
desk-beside = Побач з архівам, каб ездзіў з флэшкай
desk-where = { $place }
desk-make = Стварыць стол
