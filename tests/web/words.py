"""The articles, pictures, styles and files of the loopback web, in our own words and made from nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

TEXTS = {
    "en": (
        "The ferry book of the north pier",
        (
            "The keeper of the north pier wrote down every crossing in a book with a green cover. In the winter of the long frost the ferry "
            "went out eleven times and came back ten times, and the book says so in the same ink on the same line."
        ),
        (
            "Nobody asked for the book until the pier was sold. Then three people came on one day and each of them wanted another page. The "
            "keeper let them read and did not let them copy, because he had promised it to the families."
        ),
        (
            "What is left today are two photographs of the cover and a list of dates that one of the visitors wrote from memory. The list "
            "agrees with the harbour master's account in all but one line, and that line is why this page exists."
        ),
    ),
    "ru": (
        "Паромная книга северного причала",
        (
            "Смотритель северного причала записывал каждую переправу в книгу с зелёной обложкой. В зиму долгих морозов паром вышел одиннадцать "
            "раз, а вернулся десять, и книга говорит об этом одними чернилами в одной строке."
        ),
        (
            "Никто не спрашивал о книге, пока причал не продали. Тогда в один день пришли трое, и каждому была нужна другая страница. Смотритель "
            "дал прочитать и не дал переписать: так он обещал семьям."
        ),
        (
            "Сегодня остались две фотографии обложки и список дат, который один из гостей записал по памяти. Список сходится с записями "
            "капитана порта во всём, кроме одной строки, и ради этой строки существует страница."
        ),
    ),
    "be": (
        "Паромная кніга паўночнага прычала",
        (
            "Даглядчык паўночнага прычала запісваў кожную пераправу ў кнігу з зялёнай вокладкай. У зіму доўгіх маразоў паром выйшаў адзінаццаць "
            "разоў, а вярнуўся дзесяць, і кніга кажа пра гэта адным атрамантам у адным радку."
        ),
        (
            "Ніхто не пытаўся пра кнігу, пакуль прычал не прадалі. Тады ў адзін дзень прыйшлі трое, і кожнаму была патрэбна іншая старонка. "
            "Даглядчык даў прачытаць і не даў перапісаць: так ён абяцаў сем'ям."
        ),
        (
            "Сёння засталіся два фотаздымкі вокладкі і спіс дат, які адзін з гасцей запісаў па памяці. Спіс сыходзіцца з запісамі капітана "
            "порта ва ўсім, акрамя аднаго радка, і дзеля гэтага радка існуе старонка."
        ),
    ),
    "uk": (
        "Поромна книга північного причалу",
        (
            "Доглядач північного причалу записував кожну переправу до книги із зеленою обкладинкою. У зиму довгих морозів пором вийшов "
            "одинадцять разів, а повернувся десять, і книга каже про це одним чорнилом в одному рядку."
        ),
        (
            "Ніхто не питав про книгу, доки причал не продали. Тоді одного дня прийшли троє, і кожному була потрібна інша сторінка. Доглядач "
            "дав прочитати й не дав переписати: так він обіцяв родинам."
        ),
        (
            "Сьогодні лишилися дві світлини обкладинки та список дат, який один із гостей записав з пам'яті. Список збігається із записами "
            "капітана порту в усьому, крім одного рядка, і заради цього рядка існує сторінка."
        ),
    ),
}


def article(language: str = "en", *, head: str = "", extra: str = "", title: str = "", charset: str = "utf-8") -> str:
    """A page with three paragraphs of running text; ``extra`` stands in the article, behind the first of them."""
    heading, *paragraphs = TEXTS[language]
    meta = f"<meta charset='{charset}'>" if charset else ""
    body = f"<p>{paragraphs[0]}</p>{extra}" + "".join(f"<p>{text}</p>" for text in paragraphs[1:])
    return (
        f"<!doctype html><html lang='{language}'><head>{meta}<title>{title or heading}</title>{head}</head>"
        f"<body><main><article><h1>{title or heading}</h1>{body}</article></main></body></html>"
    )


def about(title: str, *sentences: str) -> str:
    """A page of running text about something, long enough to be an article."""
    text = " ".join(sentences)
    more = "".join(f"<p>{text}</p>" for text in TEXTS["en" if text.isascii() else "ru"][1:])
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{text}</p>{more}</article></body></html>"
    )


def short(title: str, *paragraphs: str, head: str = "", more: str = "") -> str:
    """A page with next to nothing on it."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body><div><h1>{title}</h1>{body}</div>{more}</body></html>"


def png(red: int, green: int, blue: int, *, size_px: int = 48) -> bytes:
    """A square picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\x00" + bytes((red, green, blue)) * size_px) * size_px
    head = struct.pack(">IIBBBBB", size_px, size_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def svg(colour: str) -> str:
    """A drawing of a lighthouse."""
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'>"
        f"<path d='M25 55 L28 15 L32 15 L35 55 Z' fill='{colour}'/><circle cx='30' cy='10' r='6' fill='{colour}'/></svg>"
    )


def pdf(line: str) -> bytes:
    """A PDF of one page with one line of text."""
    drawing = f"BT /F1 18 Tf 72 700 Td ({line}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return whole + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(whole),
    )


def docx(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return made.getvalue()
