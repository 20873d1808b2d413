"""The other engines of the search benchmark. Each is given the keys that Ibid makes, and answers with the best 20 and the exact number."""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from archive.model.document import Document
from archive.search.query import AnyOf, Filter, Node, Words

BEST = 20
SYSTEM_PYTHON = "/usr/bin/python3"
Answer = tuple[int, list[int]]


class Tantivy:
    """tantivy, one thread, the same keys between spaces."""

    def __init__(self, place: str) -> None:
        import tantivy

        self._t, self._q = tantivy, tantivy.Query
        schema = tantivy.SchemaBuilder()
        for name in ("title", "body"):
            schema.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="position")
        for name in ("lang", "role"):
            schema.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
        for name in ("date", "row"):
            schema.add_integer_field(name, stored=name == "row", indexed=True, fast=True)
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=place)
        self._writer = self._index.writer(128_000_000, 1)
        self._look()

    def add(self, row: int, document: Document, columns: dict[str, str]) -> None:
        """Take in one document."""
        made = self._t.Document()
        made.add_text("title", columns["title"])
        made.add_text("body", columns["body"])
        made.add_text("lang", document.description.language.value)
        made.add_text("role", document.role.value)
        made.add_integer("date", int(document.description.published_on.replace("-", "")))
        made.add_integer("row", row)
        self._writer.add_document(made)

    def ready(self) -> None:
        """Everything is in."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._look()

    def _look(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def answer(self, tree: Node) -> Answer:
        """The number of documents, and the rows of the best."""
        found = self._searcher.search(self._query(tree), BEST, True)
        return found.count, [self._searcher.doc(address)["row"][0] for _, address in found.hits]

    def _query(self, node: Node) -> Any:
        must, should, must_not = self._t.Occur.Must, self._t.Occur.Should, self._t.Occur.MustNot
        if isinstance(node, Filter):
            return self._q.const_score_query(self._filter(node.beginnings[0]), 0.0)
        if isinstance(node, Words):
            fields = (node.column,) if node.column else ("title", "body")
            return self._q.boolean_query([(should, self._words(node, name)) for name in fields])
        if isinstance(node, AnyOf):
            return self._q.boolean_query([(should, self._query(part)) for part in node.parts])
        return self._q.boolean_query(
            [(must, self._query(part)) for part in node.parts] + [(must_not, self._query(part)) for part in node.without]
        )

    def _words(self, node: Words, name: str) -> Any:
        if len(node.words) > 1:
            return self._q.phrase_query(self._schema, name, list(node.words))
        if node.is_prefix:
            return self._q.regex_query(self._schema, name, node.words[0] + ".*")
        single = self._q.term_query(self._schema, name, node.words[0])
        return self._q.boost_query(single, 5.0) if name == "title" else single

    def _filter(self, beginning: str) -> Any:
        for name in ("lang", "role"):
            if beginning.startswith(name):
                return self._q.term_query(self._schema, name, beginning.removeprefix(name))
        year = int(beginning[1:])
        return self._q.range_query(self._schema, "date", self._t.FieldType.Integer, year * 10_000, year * 10_000 + 9999)


XAPIAN = r"""
import json, sys, time
import xapian as x
place = sys.argv[1]
database = x.WritableDatabase(place, x.DB_CREATE_OR_OPEN)

def add(row, language, role, date, title, body):
    made, position = x.Document(), 0
    for keys, weight, prefix in ((title, 5, "S"), (body, 1, "")):
        for key in keys.split():
            position += 1
            made.add_posting(key, position, weight)
            if prefix:
                made.add_term(prefix + key)
        position += 100
    for term in ("XL" + language, "XR" + role, "XD" + date[:4]):
        made.add_boolean_term(term)
    made.set_data(str(row))
    database.add_document(made)

def query(node):
    q, kind = x.Query, node[0]
    if kind == "filter":
        return q(q.OP_SCALE_WEIGHT, q(node[1]), 0.0)
    if kind == "words":
        _, words, column, is_prefix = node
        if len(words) > 1:
            return q(q.OP_PHRASE, [q(word) for word in words])
        if is_prefix:
            return q(q.OP_WILDCARD, words[0], 0, x.Query.WILDCARD_LIMIT_ERROR, q.OP_OR)
        return q(("S" if column else "") + words[0])
    return q(q.OP_OR if kind == "any" else q.OP_AND, [query(part) for part in node[1]])

took = 0.0
for line in sys.stdin:
    asked = json.loads(line)
    begun = time.thread_time()
    if asked[0] == "add":
        for each in asked[1]:
            add(*each)
        answer = None
    elif asked[0] == "ready":
        database.commit()
        database.close()
        database = x.Database(place)
        answer = None
    else:
        enquire = x.Enquire(database)
        enquire.set_query(query(asked[1]))
        found = enquire.get_mset(0, 20, database.get_doccount())
        answer = found.get_matches_estimated(), [int(match.document.get_data()) for match in found]
    print(json.dumps([answer, time.thread_time() - begun]), flush=True)
"""


class Xapian:
    """Xapian 1.4 in a child under the system's Python, which times itself; words of the title five times."""

    def __init__(self, place: str) -> None:
        self._child = subprocess.Popen(
            [SYSTEM_PYTHON, "-c", XAPIAN, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._waiting: list[tuple[object, ...]] = []
        self.took_s = 0.0

    @staticmethod
    def is_there() -> bool:
        """Whether the system's Python has it."""
        if not Path(SYSTEM_PYTHON).exists():
            return False
        return subprocess.run([SYSTEM_PYTHON, "-c", "import xapian"], capture_output=True, check=False).returncode == 0

    def add(self, row: int, document: Document, columns: dict[str, str]) -> None:
        """Take in one document, with others."""
        said = document.description
        self._waiting.append((
            row,
            said.language.value,
            document.role.value,
            said.published_on,
            columns["title"],
            columns["body"],
        ))
        if len(self._waiting) == 200:
            self._flush()

    def ready(self) -> None:
        """Everything is in."""
        self._flush()
        self._ask(["ready"])

    def answer(self, tree: Node) -> Answer:
        """The number of documents, and the rows of the best."""
        return cast("Answer", self._ask(["ask", _plain(tree)]))

    def close(self) -> None:
        """End the child."""
        self._child.communicate()

    def _flush(self) -> None:
        self._ask(["add", self._waiting])
        self._waiting.clear()

    def _ask(self, what: list[Any]) -> Any:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps(what) + "\n")
        self._child.stdin.flush()
        answer, self.took_s = json.loads(self._child.stdout.readline())
        return answer


def _plain(node: Node) -> list[Any]:
    if isinstance(node, Filter):
        beginning = node.beginnings[0]
        return ["filter", {"l": "XL" + beginning[4:], "r": "XR" + beginning[4:], "d": "XD" + beginning[1:]}[beginning[0]]]
    if isinstance(node, Words):
        return ["words", node.words, node.column, node.is_prefix]
    return ["any" if isinstance(node, AnyOf) else "all", [_plain(part) for part in node.parts]]


class Whoosh:
    """Whoosh 2.7 (whoosh-reloaded)."""

    def __init__(self, place: str) -> None:
        from whoosh import analysis, fields, index

        words = analysis.SpaceSeparatedTokenizer()
        schema = fields.Schema(
            title=fields.TEXT(analyzer=words, field_boost=5.0),
            body=fields.TEXT(analyzer=words),
            lang=fields.ID,
            role=fields.ID,
            date=fields.ID,
            row=fields.STORED,
        )
        self._index = index.open_dir(place) if index.exists_in(place) else index.create_in(place, schema)
        self._searcher = self._index.searcher()
        self._writer = self._index.writer(limitmb=256)

    def add(self, row: int, document: Document, columns: dict[str, str]) -> None:
        """Take in one document."""
        said = document.description
        self._writer.add_document(
            title=columns["title"],
            body=columns["body"],
            lang=said.language.value,
            role=document.role.value,
            date=(said.published_on or "")[:4],
            row=row,
        )

    def ready(self) -> None:
        """Everything is in."""
        self._writer.commit()
        self._searcher = self._index.searcher()

    def answer(self, tree: Node) -> Answer:
        """The number of documents, and the rows of the best."""
        found = self._searcher.search(self._query(tree), limit=BEST)
        return len(found), [hit["row"] for hit in found]

    def _query(self, node: Node) -> Any:
        from whoosh import query

        if isinstance(node, Filter):
            beginning = node.beginnings[0]
            name = {"l": "lang", "r": "role", "d": "date"}[beginning[0]]
            return query.ConstantScoreQuery(query.Term(name, beginning[1 if name == "date" else 4 :]), 0.0)
        if isinstance(node, Words):
            return query.Or([self._words(node, name) for name in ((node.column,) if node.column else ("title", "body"))])
        return (query.Or if isinstance(node, AnyOf) else query.And)([self._query(part) for part in node.parts])

    @staticmethod
    def _words(node: Words, name: str) -> Any:
        from whoosh import query

        if len(node.words) > 1:
            return query.Phrase(name, list(node.words))
        return query.Prefix(name, node.words[0]) if node.is_prefix else query.Term(name, node.words[0])


def _why_no_xapian(count: int) -> str:
    if count > 200_000:
        return "takes part up to 200,000 documents: it takes in 500 a second"
    return "" if Xapian.is_there() else "is not there (Debian: python3-xapian)"


def contestants(place: Path, count: int) -> dict[str, Any]:
    """Those that can be had here, each with a folder of its own; a sentence is printed for each that cannot."""
    wanted: dict[str, tuple[Any, str]] = {
        "tantivy": (Tantivy, "" if find_spec("tantivy") else "is not installed (requirements/dev.txt)"),
        "xapian": (Xapian, _why_no_xapian(count)),
        "whoosh": (Whoosh, "" if count <= 10_000 else "takes part up to 10,000 documents: it takes in 200 a second"),
    }
    made: dict[str, Any] = {}
    for name, (engine, why_not) in wanted.items():
        if why_not:
            print(f"  {name} {why_not}")
            continue
        folder = place / name
        folder.mkdir(exist_ok=True)
        made[name] = engine(str(folder))
    return made
