# Акно чытання, картка зноскі і панэль крыніцы.

reading-text = Тэкст дакумента
reading-page = Старонкі дакумента
reading-notes = Зноскі
reading-find = Знайсці ў гэтым дакуменце
reading-found = { $current ->
    [0] Знойдзена: { $count }
   *[other] { $current } з { $count }
}
reading-found-nothing = У гэтым дакуменце не знойдзена
reading-next = Наступнае
reading-previous = Папярэдняе
reading-close = Закрыць
reading-copy = Капіраваць
reading-select-all = Вылучыць усё
reading-open-source = Адкрыць крыніцу
reading-go-to-note = Да зноскі
reading-repeats = Тое самае, што ў зносцы { $note }
reading-repeats-through = Тое самае, што ў зносцы { $note }, праз { $through }
reading-also-in = Таксама ў архіве: { $languages }
reading-also-elsewhere = Ёсць і ў іншых месцах: { $languages }
reading-state-saved = Захавана
reading-state-partial = Захавана часткова
reading-state-waiting = Яшчэ не захавана
reading-state-gone = Знікла
reading-state-refused = Адхілена
reading-state-failed = Не ўдалося захаваць
reading-state-no-address = Без адраса
reading-state-on = { $state } { $date }

source-pane-nothing = Затрымайце паказальнік на зносцы і адкрыйце яе крыніцу: яна з’явіцца тут, побач з тэкстам.
source-pane-close = Закрыць крыніцу
source-pane-attach = Далучыць файл…
source-pane-compare = Параўнаць: { $date }
source-pane-saved-as-text = Захавана { $date } · як тэкст
source-pane-partly-saved-as-text = Захавана часткова { $date } · як тэкст
source-pane-address = Адрас крыніцы
source-pane-cited-by = { $count ->
    [one] На яе спасылаецца { $count } даклад
    [few] На яе спасылаюцца { $count } даклады
    [many] На яе спасылаюцца { $count } дакладаў
   *[other] На яе спасылаюцца { $count } даклада
}
source-pane-at-note = { $title }, зноска { $label }
source-pane-captures = { $count ->
    [one] { $count } захаваная копія
    [few] { $count } захаваныя копіі
    [many] { $count } захаваных копій
   *[other] { $count } захаванай копіі
}
source-pane-quote-found = Працытаваныя словы адзначаны.
source-pane-quote-title = Назва захаванай старонкі — тая, што названа ў зносцы.
source-pane-quote-nearly = Працытаваныя словы ёсць у захаваным тэксце амаль так, як у зносцы.
source-pane-quote-missing = Працытаваных слоў у захаваным тэксце не знайшлося.
source-pane-empty = Старонка захавана, але тэксту, які Ibid мог бы прачытаць, у ёй няма.
source-pane-waiting = Яшчэ не захавана.
    Дакумент спасылаецца на гэту крыніцу, але ў гэты архіў яе пакуль ніхто не захаваў.
source-pane-gone = Гэта крыніца знікла.
    Калі яе запыталі, старонкі ўжо не існавала.
source-pane-refused = Гэта крыніца не захавана.
    Адмовіў сайт або сам Ibid.
source-pane-failed = Гэту крыніцу не ўдалося захаваць.
    Сайт не адказаў, або яго адказ немагчыма было захаваць.
source-pane-no-address = У гэтай зносцы няма адраса.
    Захоўваць няма чаго: усё, што ёсць, — сама зноска.
source-pane-partial-empty = Захаваць удалося толькі частку, і тэксту ў ёй няма.
source-pane-what-to-do-save = Архівіст з доступам да сеткі можа захаваць яе камандай:
source-pane-what-to-do-again = Архівіст з доступам да сеткі можа паспрабаваць яшчэ раз камандай:
source-pane-verdict-complete = цалкам
source-pane-verdict-partial = часткова
source-pane-verdict-error-page = старонка памылкі
source-pane-verdict-cookie-wall = пытанне пра cookie
source-pane-verdict-login = старонка ўваходу
source-pane-verdict-paywall = платны доступ
source-pane-verdict-block-page = старонка блакіроўкі
source-pane-verdict-captcha = праверка на робата
source-pane-verdict-parked = закінуты дамен
source-pane-verdict-empty-page = пустая старонка
source-pane-verdict-unreadable = не чытаецца

reading-without-text = У гэтым файле толькі выявы старонак без тэксту, таму ў ім нічога нельга знайсці.
reading-recognise = Прачытаць тэкст…
reading-recognised = Прачытана з выяў праграмай { $engine } ({ $languages }), упэўненасць { $sure } %: у словах могуць быць памылкі.
