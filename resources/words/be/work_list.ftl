# Крыніцы, якія трэба захаваць: спіс, парадак, што стала з кожнай і што пра копію сказаў чалавек.

risk-listed_blocked = у вашым спісе: заблакіраваны
risk-listed_labelled = у вашым спісе: з пазнакай
risk-social = допіс у сацсетцы, такія знікаюць
risk-flaky = раней не ўдалося захаваць цалкам
risk-old = старонцы пяць гадоў або больш
risk-quoted = даклад цытуе яе даслоўна
risk-untried = яшчэ не спрабавалі

capture-under_way = Запытваецца…
capture-in_browser = Збіраецца ў браўзеры…
capture-broken = Не ўдалося запісаць у архіў
capture-saved-copy = Захавана з копіі
capture-quoted-missing = Працытаваных слоў у захаваным тэксце не знайшлося.
capture-judged-short = { $judged } — ацэнка чалавека; Ibid лічыў: { $said }
capture-judged = Ацэнка чалавека: { $judged }. Ibid лічыў так: { $said }.
capture-end = { $tried ->
    [0] Ніводная крыніца не запытвалася.
    [one] Запытана { $tried } крыніца.
    [few] Запытаны { $tried } крыніцы.
   *[many] Запытана { $tried } крыніц.
}
capture-end-copies = { $count ->
    [one] { $count } атрымана з копіі з вэб-архіва.
    [few] { $count } атрыманы з копій з вэб-архіваў.
   *[many] { $count } атрымана з копій з вэб-архіваў.
}
capture-end-browser = { $count ->
    [one] { $count } сабрана ў браўзеры.
    [few] { $count } сабраны ў браўзеры.
   *[many] { $count } сабрана ў браўзеры.
}
capture-end-not-found = { $count ->
    [one] У { $count } не знайшлося працытаваных слоў.
   *[many] У { $count } не знайшлося працытаваных слоў.
}
capture-end-untouched = { $count ->
    [one] Да { $count } чарга не дайшла. Запусціце яшчэ раз — праца працягнецца адсюль.
   *[many] Да { $count } чарга не дайшла. Запусціце яшчэ раз — праца працягнецца адсюль.
}
capture-unbuilt = Падобна, старонку збіраюць яе ўласныя скрыпты, а запусціць браўзер тут не ўдалося.
capture-end-unbuilt = Падобна, збіраюцца ўласнымі скрыптамі: { $count }. Запусціць браўзер тут не ўдалося.
capture-end-not-saved = Не захавана цалкам, і чаму:

terminal-capture-planned = { $count ->
    [0] Няма крыніц, якія чакаюць захавання.
    [one] Будзе запытана { $count } крыніца, у такім парадку.
    [few] Будуць запытаны { $count } крыніцы, у такім парадку.
   *[many] Будзе запытана { $count } крыніц, у такім парадку.
}
error-capture-not-found = { $count ->
    [0] Няма захаванай копіі, ідэнтыфікатар якой пачынаецца з { $capture }. Нічога не змянілася.
   *[other] Захаваных копій з ідэнтыфікатарам, які пачынаецца з { $capture }: { NUMBER($count, useGrouping: 0) }. Пакажыце больш знакаў. Нічога не змянілася.
}
error-hosts-unreadable = Радок { NUMBER($line, useGrouping: 0) } спіса сайтаў Ibid прачытаць не змог: патрэбны сайт, а за ім «blocked» або «labelled». Нічога не запытвалася і не запісана.

work-title = Што трэба захаваць
work-scope = Чые крыніцы
work-states = Якія з іх
work-shown-unsaved = Яшчэ не захаваныя
work-shown-gone = Зніклі або адхіленыя
work-shown-saved = Захаваныя
work-shown-all = Усе
work-all-of = Усе крыніцы архіва «{ $archive }»
work-collection = Падборка: { $name }
work-cited-at = зноска { $label }, «{ $title }»{ $more ->
    [0] {""}
   *[other] {" "}і яшчэ { $more }
}
work-cited-more = і яшчэ { $count }
work-tries = { $count ->
    [one] Запытана { $count } раз.
    [few] Запытана { $count } разы.
   *[many] Запытана { $count } разоў.
}
work-looking = Праглядаем зноскі…
work-none = Ніводная зноска тут не дае адраса.
work-empty-unsaved = Усё, на што тут спасылаюцца, захавана, знікла або адхілена.
work-empty-gone = Нічога не знікла, нічога не адхілена.
work-empty-saved = Пакуль нічога не захавана.
work-empty-all = Ніводная зноска тут не дае адраса.
work-running = Захоўваем: { $done } з { $total }
work-paused = Паўза: { $done } з { $total }
work-pause = Паўза
work-resume = Працягнуць
work-more = Яшчэ…
work-save-all = Захаваць усе ({ $count })
work-retry-all = Паспрабаваць усе яшчэ раз ({ $count })
work-save-picked = Захаваць выбраныя ({ $count })
work-save-one = Захаваць гэтую цяпер
work-open = Паказаць побач
work-follow = Захаваць і тое, на што спасылаецца яна сама
work-judge = Што такое копія ад { $date }
work-judge-undo = Як лічыў Ibid: { $said }
work-hosts = Спіс сайтаў
work-hosts-choose = Мой спіс сайтаў, якія захаваць першымі…
work-hosts-forget = Забыць мой спіс сайтаў
work-sealed = Гэтае акно не выходзіць у сетку, так задумана. Каб захаваць крыніцы, закрыйце яго і запусціце:
task-capturing = Захоўваем крыніцы
strip-archivist = Захоўвае крыніцы, калі вы просіце; само акно без сеткі
action-work-list = Што трэба захаваць
