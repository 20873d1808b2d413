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
