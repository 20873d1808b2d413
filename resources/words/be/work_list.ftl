# Крыніцы, якія трэба захаваць: спіс, парадак, што стала з кожнай і што пра копію сказаў чалавек.

risk-listed_blocked = у вашым спісе: заблакіраваны
risk-listed_labelled = у вашым спісе: з пазнакай
risk-social = допіс у сацсетцы, такія знікаюць
risk-flaky = раней не ўдалося захаваць цалкам
risk-old = даўняя старонка
risk-quoted = даклад цытуе яе даслоўна
risk-untried = яшчэ не спрабавалі

capture-under_way = Запытваецца…
capture-in_browser = Збіраецца ў браўзеры…
capture-broken = Не ўдалося запісаць у архіў
capture-saved-copy = Захавана з копіі
capture-quoted-missing = Працытаваных слоў у захаваным тэксце не знайшлося.
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
capture-end-not-saved = Не захавана цалкам, і чаму:

worth-complete = сама крыніца, цалкам
worth-partial = частка крыніцы
worth-error_page = старонка пра тое, што крыніцы няма
worth-cookie_wall = пытанне пра файлы cookie
worth-login = старонка ўваходу
worth-paywall = пачатак і просьба аб аплаце
worth-block_page = паведамленне пра блакіроўку
worth-captcha = праверка, ці не праграма пытаецца
worth-parked = адрас, выстаўлены на продаж
worth-empty_page = старонка без тэксту
worth-unreadable = файл, тэкст якога не прачытаць

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
