# Аркушы паверх акна.

button-cancel = Скасаваць
button-open = Адкрыць
button-close = Закрыць
button-done = Гатова
button-choose = Выбраць
button-bring-in = Дадаць
button-change-place = Змяніць…

files-look-in = Дзе:
files-name = Імя:
files-type = Від:
files-documents = Дакументы
files-all = Усе файлы

passphrase = Парольная фраза
passphrase-again = Яшчэ раз яна ж
passphrase-show = Паказваць, што я набіраю
passphrase-differs = Фразы пакуль не супадаюць.
lock-choice = Замкнуць парольнай фразай
lock-hint-locked = Без фразы архіў ніхто не прачытае і ніхто не адновіць — мы таксама. Добрая фраза — шэсць выпадковых слоў.
lock-hint-open = Прачытаць яго зможа кожны, да каго ён трапіць.

unlock-title = Архіў «{ $name }» пад замком
unlock-text = Увядзіце парольную фразу гэтага архіва. Яна нідзе не захоўваецца.
unlock-opening = Адкрываецца…

new-title = Новы архіў
new-name = Назва
new-where = Ён будзе ляжаць тут: { $place }
new-make = Стварыць
sample-title = Першае знаёмства з Ibid

bring-in-title = Дадаванне ў «{ $archive }»
bring-in-count = { $done } з { $total }
bring-in-waiting = Чакае чаргі
bring-in-reading = Чытаецца…
bring-in-already = Ужо тут. Нічога не змянілася.
bring-in-failed = Не дададзены.
bring-in-untouched = Не пачаты.
bring-in-arrived = { $notes ->
    [0] Дададзены. Зносак не знайшлося.
    [one] Дададзены. { $notes } зноска, звязана з тэкстам: { $paired }; адрасоў: { $addresses }.
    [few] Дададзены. { $notes } зноскі, звязана з тэкстам: { $paired }; адрасоў: { $addresses }.
   *[many] Дададзены. { $notes } зносак, звязана з тэкстам: { $paired }; адрасоў: { $addresses }.
}
bring-in-looking = Пошук файлаў… { $count }
bring-in-nothing = Файлаў там не знайшлося.
bring-in-only-problems = Толькі з заўвагамі ({ $count })
bring-in-count-arrived = дададзена: { $count }
bring-in-count-already = ужо былі тут: { $count }
bring-in-count-failed = не дададзена: { $count }
bring-in-count-untouched = не пачата: { $count }
choose-archive-title = У які архіў?
choose-archive-text = Новыя дакументы прымаюць некалькі адкрытых архіваў.
report-saved = Справаздача запісана: { $name }. У ёй названыя вашы файлы; захоўвайце яе там, дзе яе не прачытаюць іншыя.
button-stop = Спыніць
button-background = Працягваць у фоне
button-save-report = Захаваць справаздачу…
button-save = Захаваць
button-read-it = Чытаць
button-give-password = Увесці пароль…
files-tables = Табліца

share-title = Падзяліцца
share-all = Усё: { $reports ->
    [one] { $reports } даклад
    [few] { $reports } даклады
   *[many] { $reports } дакладаў
} і { $sources ->
    [one] { $sources } крыніца
    [few] { $sources } крыніцы
   *[many] { $sources } крыніц
}
share-one = Толькі даклад, які я чытаю, з яго крыніцамі
share-name = Назва копіі
share-where = Яна будзе ляжаць тут: { $place }
share-write = Запісаць
share-writing = Ідзе запіс: { $place }. Копія атрымае імя, толькі калі будзе прачытана з дыска і праверана. Не вымайце флэшку.
share-verified = Флэшку можна вымаць. У «{ $name }» — { $documents ->
    [one] { $documents } дакумент
    [few] { $documents } дакументы
   *[many] { $documents } дакументаў
}, { $size }. Кожны байт прачытаны з дыска і правераны.
share-unverified = Копія «{ $name }» запісана, але не прачытана з дыска. Праверце яе, перш чым на яе спадзявацца.

merge-title = Узяць у «{ $receiver }»
merge-holds = { $reports ->
    [one] { $reports } даклад
    [few] { $reports } даклады
   *[many] { $reports } дакладаў
}, { $sources ->
    [one] { $sources } крыніца
    [few] { $sources } крыніцы
   *[many] { $sources } крыніц
}, { $captures ->
    [one] { $captures } захаваная копія
    [few] { $captures } захаваныя копіі
   *[many] { $captures } захаваных копій
}, { $size }.
merge-plan = Тое, што тут ужо ёсць, застанецца як было. Новае будзе праверана і дададзена. Іншы архіў не зменіцца.
merge-go = Узяць
merge-going = Ідзе аб’яднанне. Кожная рэч правяраецца, перш чым трапіць сюды.
merge-new = { $count ->
    [0] Новага не знайшлося.
    [one] Дададзена { $count } рэч.
    [few] Дададзены { $count } рэчы.
   *[many] Дададзена { $count } рэчаў.
}
merge-same = { $count ->
    [0] Нічога з гэтага тут раней не было.
    [one] { $count } рэч ужо была тут.
    [few] { $count } рэчы ўжо былі тут.
   *[many] { $count } рэчаў ужо было тут.
}
merge-differing = { $count ->
    [0] Разыходжанняў няма.
    [one] { $count } рэч адрознівалася; пакінута ваша.
    [few] { $count } рэчы адрозніваліся; пакінуты вашы.
   *[many] { $count } рэчаў адрознівалася; пакінуты вашы.
}
merge-refused = { $count ->
    [one] { $count } рэч не ўзята: яна пашкоджана.
    [few] { $count } рэчы не ўзяты: яны пашкоджаны.
   *[many] { $count } рэчаў не ўзята: яны пашкоджаны.
}

verify-title = Праверка «{ $archive }»
verify-going = Усё чытаецца і звяраецца з кантрольнымі сумамі. Нічога не мяняецца.
verify-whole = Архіў цэлы: { $documents ->
    [one] { $documents } дакумент
    [few] { $documents } дакументы
   *[many] { $documents } дакументаў
} і { $objects ->
    [one] { $objects } аб’ект
    [few] { $objects } аб’екты
   *[many] { $objects } аб’ектаў
} — тыя самыя, што і пры дадаванні.
verify-faults = { $count ->
    [one] Знойдзена { $count } няспраўнасць.
    [few] Знойдзены { $count } няспраўнасці.
   *[many] Знойдзена { $count } няспраўнасцей.
} Не спадзявайцеся на гэты архіў; па магчымасці вазьміце іншую копію.

preferences-title = Налады
preferences-language = Мова
preferences-theme = Тэма
preferences-text-size = Памер тэксту
preferences-points = { $points } пт
preferences-note-cards = Паказваць зноску, калі ўказальнік затрымаўся на яе знаку
preferences-margin-notes = Паказваць зноскі на палях шырокага акна
preferences-forgotten = Ibid нічога не піша на гэты камп’ютар, таму пры закрыцці ён гэта забудзе.

keys-title = Клавіятура

about-title = Ibid
about-text = Ibidem — «тамсама». Ibid захоўвае дакумент разам з усім, на што спасылаюцца яго зноскі, каб чытаць і шукаць без сеткі.
about-limits = Чаго Ibid не можа
about-cannot-hide = Схаваць, што ён ёсць на гэтай прыладзе або што файл зашыфраваны. Замкнёны архіў выглядае як выпадковыя даныя, і гэта само па сабе можа выклікаць пытанні.
about-cannot-force = Абараніць вас, калі вас прымусяць назваць парольную фразу. Другога, несапраўднага пароля няма. Не насіце з сабой таго, што не можаце паказаць.
about-cannot-records = Перашкодзіць сістэме весці свае запісы: якія флэшкі ўстаўлялі, якія праграмы запускалі, якія папкі адкрывалі. Сцерці іх Ibid таксама не можа.
about-cannot-erase = Выдаліць бясследна. На флэшках і цвёрдацельных дысках старыя ячэйкі захоўваюцца.
about-cannot-memory = Уберагчы памяць: пакуль архіў адкрыты, яго тэкст знаходзіцца ў ёй і можа трапіць на дыск праз файл падпампоўкі або гібернацыю, калі не зашыфраваны ўвесь дыск.
about-cannot-screen = Спыніць камеру, а ў Linux — і здымак экрана.
about-cannot-proof = Даказаць, што захаваная старонка — тое, што сайт сапраўды паказваў; толькі тое, што з таго часу яе не мянялі.
about-cannot-rollback = Даведацца пры чытанні з флэшкі, ці няма навейшага выдання.
about-licence = Ibid { $version } · GPL-3.0-or-later · без якіх-небудзь гарантый

password-title = Файл закрыты паролем
password = Пароль
password-skip = Прапусціць
password-why-page = Пароль адкрывае файл толькі для гэтага прагляду. Ён нідзе не захоўваецца, і старонкі спытаюць яго зноў.
password-why-bring-in = Пароль патрэбны адзін раз, каб прачытаць файл. Ён нідзе не захоўваецца. Архіў захавае файл як ён ёсць, а яго тэкст — каб яго можна было знайсці.

recognise-title = Прачытаць тэкст старонак
recognise-text = Tesseract, праграма на гэтым камп’ютары, праглядае кожную старонку і запісвае словы. Гэта займае некалькі секунд на старонку, адбываецца толькі на гэтым камп’ютары і не абыходзіцца без памылак; самі старонкі застаюцца як ёсць. Абярыце мовы дакумента.
recognise-none = Тут не ўсталяваная Tesseract, праграма, якая чытае тэкст з выяў. Усталюйце яе разам з мовамі (у Debian: tesseract-ocr, tesseract-ocr-rus, tesseract-ocr-bel, tesseract-ocr-ukr) і вярніцеся сюды.
recognise-start = Прачытаць
recognise-begin = Пачынаем…
recognise-progress = Старонка { $page } з { $pages }
recognise-language = { $language ->
    [bel] Беларуская
    [eng] Англійская
    [rus] Руская
    [ukr] Украінская
   *[other] { $language }
}
