# Листы поверх окна.

button-cancel = Отмена
button-open = Открыть
button-close = Закрыть
button-done = Готово
button-choose = Выбрать
button-bring-in = Добавить
button-change-place = Изменить…

files-look-in = Где:
files-name = Имя:
files-type = Вид:
files-documents = Документы
files-all = Все файлы

passphrase = Парольная фраза
passphrase-again = Ещё раз её же
passphrase-show = Показывать, что я набираю
passphrase-differs = Фразы пока не совпадают.
lock-choice = Закрыть парольной фразой
lock-hint-locked = Без фразы архив никто не прочтёт и никто не восстановит — мы тоже. Хорошая фраза — шесть случайных слов.
lock-hint-open = Прочесть его сможет любой, к кому он попадёт.

unlock-title = Архив «{ $name }» под замком
unlock-text = Введите парольную фразу этого архива. Она нигде не сохраняется.
unlock-opening = Открывается…

new-title = Новый архив
new-name = Название
new-where = Он будет лежать здесь: { $place }
new-make = Создать
sample-title = Первое знакомство с Ibid

bring-in-title = Добавление в «{ $archive }»
bring-in-count = { $done } из { $total }
bring-in-waiting = Ждёт очереди
bring-in-reading = Читается…
bring-in-already = Уже здесь. Ничего не изменилось.
bring-in-failed = Не добавлен.
bring-in-untouched = Не начат.
bring-in-arrived = { $notes ->
    [0] Добавлен. Сносок не нашлось.
    [one] Добавлен. { $notes } сноска, связано с текстом: { $paired }; адресов: { $addresses }.
    [few] Добавлен. { $notes } сноски, связано с текстом: { $paired }; адресов: { $addresses }.
   *[many] Добавлен. { $notes } сносок, связано с текстом: { $paired }; адресов: { $addresses }.
}
bring-in-looking = Поиск файлов… { $count }
bring-in-nothing = Файлов там не нашлось.
bring-in-only-problems = Только с замечаниями ({ $count })
bring-in-count-arrived = добавлено: { $count }
bring-in-count-already = уже были здесь: { $count }
bring-in-count-failed = не добавлено: { $count }
bring-in-count-untouched = не начато: { $count }
choose-archive-title = В какой архив?
choose-archive-text = Новые документы принимают несколько открытых архивов.
report-saved = Отчёт записан: { $name }. В нём названы ваши файлы; храните его там, где его не прочтут другие.
button-stop = Остановить
button-background = Продолжать в фоне
button-save-report = Сохранить отчёт…
button-save = Сохранить
button-read-it = Читать
button-give-password = Ввести пароль…
files-tables = Таблица

share-title = Поделиться
share-all = Всё: { $reports ->
    [one] { $reports } доклад
    [few] { $reports } доклада
   *[many] { $reports } докладов
} и { $sources ->
    [one] { $sources } источник
    [few] { $sources } источника
   *[many] { $sources } источников
}
share-one = Только доклад, который я читаю, с его источниками
share-name = Название копии
share-where = Она будет лежать здесь: { $place }
share-write = Записать
share-writing = Идёт запись: { $place }. Копия получит имя, только когда будет прочитана с диска и проверена. Не вынимайте флешку.
share-verified = Флешку можно вынимать. В «{ $name }» — { $documents ->
    [one] { $documents } документ
    [few] { $documents } документа
   *[many] { $documents } документов
}, { $size }. Каждый байт прочитан с диска и проверен.
share-unverified = Копия «{ $name }» записана, но не прочитана с диска. Проверьте её, прежде чем на неё полагаться.

merge-title = Взять в «{ $receiver }»
merge-holds = { $reports ->
    [one] { $reports } доклад
    [few] { $reports } доклада
   *[many] { $reports } докладов
}, { $sources ->
    [one] { $sources } источник
    [few] { $sources } источника
   *[many] { $sources } источников
}, { $captures ->
    [one] { $captures } сохранённая копия
    [few] { $captures } сохранённые копии
   *[many] { $captures } сохранённых копий
}, { $size }.
merge-plan = То, что здесь уже есть, останется как было. Новое будет проверено и добавлено. Другой архив не изменится.
merge-go = Взять
merge-going = Идёт объединение. Каждая вещь проверяется, прежде чем попасть сюда.
merge-new = { $count ->
    [0] Нового не нашлось.
    [one] Добавлена { $count } вещь.
    [few] Добавлены { $count } вещи.
   *[many] Добавлено { $count } вещей.
}
merge-same = { $count ->
    [0] Ничего из этого здесь раньше не было.
    [one] { $count } вещь уже была здесь.
    [few] { $count } вещи уже были здесь.
   *[many] { $count } вещей уже было здесь.
}
merge-differing = { $count ->
    [0] Расхождений нет.
    [one] { $count } вещь отличалась; оставлена ваша.
    [few] { $count } вещи отличались; оставлены ваши.
   *[many] { $count } вещей отличалось; оставлены ваши.
}
merge-refused = { $count ->
    [one] { $count } вещь не взята: она повреждена.
    [few] { $count } вещи не взяты: они повреждены.
   *[many] { $count } вещей не взято: они повреждены.
}

verify-title = Проверка «{ $archive }»
verify-going = Всё читается и сверяется с контрольными суммами. Ничего не меняется.
verify-whole = Архив цел: { $documents ->
    [one] { $documents } документ
    [few] { $documents } документа
   *[many] { $documents } документов
} и { $objects ->
    [one] { $objects } объект
    [few] { $objects } объекта
   *[many] { $objects } объектов
} — те же, что и при добавлении.
verify-faults = { $count ->
    [one] Найдена { $count } неисправность.
    [few] Найдены { $count } неисправности.
   *[many] Найдено { $count } неисправностей.
} Не полагайтесь на этот архив; по возможности возьмите другую копию.

preferences-title = Настройки
preferences-language = Язык
preferences-theme = Тема
preferences-text-size = Размер текста
preferences-points = { $points } пт
preferences-note-cards = Показывать сноску, когда указатель задержался на её знаке
preferences-margin-notes = Показывать сноски на полях широкого окна
preferences-forgotten = Ibid ничего не пишет на этот компьютер, поэтому при закрытии он это забудет.

keys-title = Клавиатура

about-title = Ibid
about-text = Ibidem — «там же». Ibid хранит документ вместе со всем, на что ссылаются его сноски, чтобы читать и искать без сети.
about-limits = Чего Ibid не может
about-cannot-hide = Скрыть, что он есть на этом устройстве или что файл зашифрован. Закрытый архив выглядит как случайные данные, и это само по себе может вызвать вопросы.
about-cannot-force = Защитить вас, если вас заставят назвать парольную фразу. Второго, ложного пароля нет. Не носите с собой того, что не можете показать.
about-cannot-records = Помешать системе вести свои записи: какие флешки вставляли, какие программы запускали, какие папки открывали. Стереть их Ibid тоже не может.
about-cannot-erase = Удалить бесследно. На флешках и твердотельных дисках старые ячейки сохраняются.
about-cannot-memory = Уберечь память: пока архив открыт, его текст находится в ней и может попасть на диск через файл подкачки или гибернацию, если не зашифрован весь диск.
about-cannot-screen = Остановить камеру, а в Linux — и снимок экрана.
about-cannot-proof = Доказать, что сохранённая страница — то, что сайт действительно показывал; только то, что с тех пор её не меняли.
about-cannot-rollback = Узнать при чтении с флешки, нет ли более нового издания.
about-licence = Ibid { $version } · GPL-3.0-or-later · без каких-либо гарантий

password-title = Файл закрыт паролем
password = Пароль
password-skip = Пропустить
password-why-page = Пароль открывает файл только для этого просмотра. Он нигде не хранится, и страницы спросят его снова.
password-why-bring-in = Пароль нужен один раз, чтобы прочитать файл. Он нигде не хранится. Архив сохранит файл как он есть, а его текст — чтобы его можно было найти.

recognise-title = Прочитать текст страниц
recognise-text = Tesseract, программа на этом компьютере, просматривает каждую страницу и записывает слова. Это занимает несколько секунд на страницу, происходит только на этом компьютере и не обходится без ошибок; сами страницы остаются как есть. Выберите языки документа.
recognise-none = Здесь не установлена Tesseract, программа, которая читает текст с изображений. Установите её вместе с языками (в Debian: tesseract-ocr, tesseract-ocr-rus, tesseract-ocr-bel, tesseract-ocr-ukr) и вернитесь сюда.
recognise-start = Прочитать
recognise-begin = Начинаем…
recognise-progress = Страница { $page } из { $pages }
recognise-language = { $language ->
    [bel] Белорусский
    [eng] Английский
    [rus] Русский
    [ukr] Украинский
   *[other] { $language }
}
