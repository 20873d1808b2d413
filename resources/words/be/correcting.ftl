correct-title = Зноска { $label }: выправіць
correct-marker-title = Знак { $label }: выправіць
correct-text = Тэкст зноскі
correct-split = Ад курсора пачынаецца іншая зноска
correct-label = яе нумар
correct-split-hint = Пастаўце курсор туды, дзе пачынаецца іншая зноска.
correct-join = Працягваецца ў наступнай зносцы ({ $label })
correct-markers = Якія знакі на яе паказваюць
correct-means = Зноска, на якую паказвае знак { $label }
correct-means-none = не паказвае ні на адну
correct-addresses = Куды яна вядзе
correct-address = Адрас
correct-no-address = без адраса
correct-set = Задаць
correct-undo = { $count ->
    [one] Адмяніць апошняе выпраўленне (усяго { $count })
    [few] Адмяніць апошняе выпраўленне (усяго { $count })
    [many] Адмяніць апошняе выпраўленне (усяго { $count })
   *[other] Адмяніць апошняе выпраўленне (усяго { $count })
}
reading-correct = Выправіць…
reading-unsure = Ibid не ўпэўнены, што гэта зноска адносіцца сюды.
reading-unmarked = Ні адзін знак у тэксце не вядзе сюды.
