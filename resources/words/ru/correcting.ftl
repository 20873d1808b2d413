correct-title = Сноска { $label }: исправить
correct-marker-title = Знак { $label }: исправить
correct-text = Текст сноски
correct-split = С курсора начинается другая сноска
correct-label = её номер
correct-split-hint = Поставьте курсор туда, где начинается другая сноска.
correct-join = Продолжается в следующей сноске ({ $label })
correct-markers = Какие знаки на неё указывают
correct-means = Сноска, на которую указывает знак { $label }
correct-means-none = не указывает ни на одну
correct-addresses = Куда она ведёт
correct-address = Адрес
correct-no-address = без адреса
correct-set = Задать
correct-undo = { $count ->
    [one] Отменить последнее исправление (всего { $count })
    [few] Отменить последнее исправление (всего { $count })
    [many] Отменить последнее исправление (всего { $count })
   *[other] Отменить последнее исправление (всего { $count })
}
reading-correct = Исправить…
reading-unsure = Ibid не уверен, что эта сноска относится сюда.
reading-unmarked = Ни один знак в тексте не ведёт сюда.
