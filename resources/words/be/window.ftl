# Акно: радок, бібліятэка, знойдзенае, паласа, меню.

search-placeholder = Шукаць усюды
search-clear = Ачысціць запыт

results-name = Знойдзенае
results-count = { $count ->
    [one] { $number } дакумент
    [few] { $number } дакументы
   *[many] { $number } дакументаў
}
results-none-count = Няма дакументаў
results-understood = Зразумета як: { $understood }
results-spellings = Пішуць таксама:
results-spelling-tip = Шукаць і гэтае напісанне
results-none-title = Пра гэта тут нічога няма.
results-none-text = Паспрабуйце менш слоў, іншае напісанне або пачатак слова з зорачкай: рэпрэс*. Словы ў двукоссі шукаюцца запар, як фраза.
hit-untitled = Без назвы
hit-in-title = Даклад, у назве
hit-in-body = Даклад
hit-in-note = Даклад, у зносцы { $label }
hit-in-source = { $more ->
    [0] У захаванай крыніцы са зноскі { $label } у «{ $title }»
   *[other] У захаванай крыніцы са зноскі { $label } у «{ $title }» і яшчэ { $more }
}
hit-in-uncited-source = У захаванай крыніцы
hit-page = с. { $page }

library-name = Бібліятэка
library-reports = Даклады
library-sources = Крыніцы
language-en = Па-англійску
language-ru = Па-руску
language-be = Па-беларуску
language-uk = Па-ўкраінску
language-und = На іншых мовах
archive-on-computer = на гэтым камп’ютары
archive-on-stick = на флэшцы
archive-locked = пад замком
archive-open = без замка
archive-read-only = толькі чытанне

home-start-title = Тамсама.
home-start-text = Ibid захоўвае дакумент разам з усім, на што спасылаюцца яго зноскі: без сеткі, з пошукам, і ўсё гэта змяшчаецца на флэшку.
home-open = архіў з папкі або з флэшкі
home-new = свой пусты архіў
home-sample = невялікі збор, каб азірнуцца
home-empty-text = У гэтым архіве пакуль пуста. Дадайце даклад, і Ibid знойдзе яго зноскі і крыніцы, на якія яны спасылаюцца. Файлы можна і проста перацягнуць у гэтае акно.
home-empty-read-only-text = У гэтым архіве пуста, а дадаць у яго там, дзе ён ляжыць, нічога нельга.
home-bring-in = PDF, Word, OpenDocument, EPUB, вэб-старонка, Markdown, тэкст
home-library-title = Бібліятэка
home-library-text = { $reports ->
    [one] { $reports } даклад
    [few] { $reports } даклады
   *[many] { $reports } дакладаў
} · { $sources ->
    [one] { $sources } крыніца
    [few] { $sources } крыніцы
   *[many] { $sources } крыніц
} · { $captures ->
    [one] { $captures } захаваная копія
    [few] { $captures } захаваныя копіі
   *[many] { $captures } захаваных копій
}
home-search = даклады, зноскі і крыніцы адразу
home-share = на флэшку, з праверкай запісанага

strip-offline = Без сеткі
strip-offline-unsealed = Без сеткі; гэтая сістэма сама за гэтым не сочыць
strip-documents = { $count ->
    [one] { $count } дакумент
    [few] { $count } дакументы
   *[many] { $count } дакументаў
}
strip-damaged = { $count ->
    [one] { $count } том пашкоджаны і не паказаны
    [few] { $count } тамы пашкоджаныя і не паказаныя
   *[many] { $count } тамоў пашкоджаныя і не паказаныя
}
strip-tasks = { $words } · задач: { $count }
task-stop = Спыніць
task-opening = Адкрываецца архіў
task-sample = Складаецца ўзор
task-bringing-in = Дадаванне
task-sharing = Запіс копіі
task-merging = Аб’яднанне
task-verifying = Праверка
task-attaching = Далучэнне

menu-name = Меню
action-search = Шукаць
action-contents = Змест
action-page = Як выглядаюць старонкі
action-find = Знайсці ў гэтым дакуменце
action-find-next = Наступнае месца
action-find-previous = Папярэдняе месца
action-next-result = Наступны са знойдзеных
action-previous-result = Папярэдні са знойдзеных
action-back = Назад
action-forward = Наперад
action-open = Адкрыць…
action-new = Новы архіў…
action-sample = Узор
action-bring-in = Дадаць…
action-bring-in-folder = Дадаць папку…
action-bring-in-list = Што дадаецца
action-share = Падзяліцца…
action-export = Запісаць вэб-архіў…
action-merge = Узяць з архіва…
action-verify = Праверыць архіў
action-library = Бібліятэка
action-sources = Крыніца побач
action-next-zone = Наступная частка акна
action-larger = Тэкст буйнейшы
action-smaller = Тэкст драбнейшы
action-usual-size = Звычайны памер тэксту
action-theme = Наступная тэма
action-preferences = Налады…
action-keys = Клавіятура
action-about = Пра Ibid
action-lock = Замкнуць зараз
action-quit = Выйсці
theme-light = Светлая
theme-sepia = Сепія
theme-dark = Цёмная

notice-failed = Не атрымалася
notice-not-opened = Архіў не адкрыты

window-no-screen = Тут няма экрана, на якім можна паказаць акно. Нічога не адкрыта. Ёсць каманды тэрмінала (ibid --help) і ibid demo ПАПКА для здымкаў.

task-recognising = Чытанне тэксту са старонак
library-without-text = без тэксту
library-recognised = прачытана з выяў
