"""Words that stand in every third document of their language, and more often.

Two of them in a row ("of the", «і ў», «не было») are a phrase that stands in thousands of documents, each word in tens of thousands at
hundreds of places. So such pairs have postings of their own (:mod:`archive.search.postings`). The list is part of the format of postings: another list is
another version.
"""

from __future__ import annotations

from archive.search.fold import fold
from archive.search.languages import KEY_LANGUAGES, in_index, stem

_WORDS = """
the of and to in a that on by it for with as not was be this is which at have or had no i his from but he an been all were they their has said so
are there if its her when you him one who would out them such any what she before my we do did will could should may must up into other more than
в и на с не что как он а к по то его из но все за я это так от только для же у было о она или был если когда ему уже еще ее бы да чтобы до мне
меня их вот при во со ни нет где мы вы они того этого эта эти который которые которая быть будет были была также после
і й що з як та він але ж ще від вже коли це про вона чи її мене мені щоб із бо те йому тільки під їх себе вони ти тут ні є б там де або які який
ми ви яка яке були бути через
што яго гэта ён калі ад па ды каб ты ўжо толькі усё ўсё іх ці яшчэ яе яна яны мяне ім бы хто жа усе той для пад праз які якія якая якое пра пры
ва аб быў быць былі была будзе пасля таксама гэты гэтага гэтым тым таго
"""

COMMON_KEYS = frozenset(in_index(stem(fold(word), language)) for word in _WORDS.split() for language in KEY_LANGUAGES)
"""The keys of these words in the languages in which they may be met."""
