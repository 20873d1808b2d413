"""House rules that a linter cannot see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from archive import errors, words

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path for room in ("archive", "viewer") for path in (ROOT / room).rglob("*.py"))
BANNED = {"utils", "helpers", "common", "misc", "manager", "base", "core"}
TOP_LEVEL = {
    "viewer",
    "archive",
    "resources",
    "tests",
    "docs",
    "requirements",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "Makefile",
    "CHANGELOG.md",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_the_house_rules(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "a room needs a caption"
    assert source.count("\n") <= 500, "too long: split it by noun"
    assert not set(path.with_suffix("").parts[len(ROOT.parts) :]) & BANNED, "name it after what it holds"
    if path.name == "__init__.py":
        assert len(tree.body) == 1, "an __init__ holds a caption and nothing else"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, f"{node.name} is too long"
        if isinstance(node, ast.ClassDef):
            public = [item for item in node.body if isinstance(item, ast.FunctionDef) and not item.name.startswith("_")]
            assert len(public) <= 20, f"{node.name} does too much"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_functions_have_docstrings(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for item in node.body:
                is_override = isinstance(item, ast.FunctionDef) and re.match(r"[a-z]+[A-Z]", item.name)
                if isinstance(item, ast.FunctionDef) and not item.name.startswith("_") and not is_override:
                    has_words = ast.get_docstring(item) or any("override" in ast.unparse(one) for one in item.decorator_list)
                    assert has_words or "models" in path.parts, f"{node.name}.{item.name} says nothing"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_error_has_its_sentence_in_every_language(language: str) -> None:
    missing = [kind.code() for kind in errors.all_errors() if not words.knows(f"error-{kind.code()}", language=language)]
    assert not missing


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_sentence_is_there_in_every_language(language: str) -> None:
    assert words.identifiers("en") == words.identifiers(language)


def test_every_sentence_that_the_code_names_is_there() -> None:
    named = re.compile(r"""\bsay\(\s*["']([a-z][a-z0-9_-]+)["']""")
    said = {name for path in FILES for name in named.findall(path.read_text(encoding="utf-8"))}
    assert said
    assert said <= words.identifiers("en")


def test_the_tree_of_errors_is_the_one_drawn() -> None:
    drawn = re.search(r"    IbidError\n((?:        \w+ .*\n)+)", errors.__doc__ or "")
    assert drawn is not None
    names = [line.split()[0] for line in drawn.group(1).splitlines()]
    assert names == [child.__name__ for child in errors.IbidError.__subclasses__()]


def test_the_top_level_holds_what_it_should() -> None:
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a checkout: what is committed cannot be listed")
    tops = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


def test_no_registry_or_machine_path_is_named() -> None:
    for path in (ROOT / "requirements").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|index-url|find-links|/(?:root|home)/", text), path.name


def test_types_are_met_before_there_are_threads() -> None:
    """Two threads that show msgspec 0.22 a new type at once crash the process, so decoders are made when a file is imported."""
    in_one_thread = {"archive/capture/fetcher.py", "archive/checks.py", "archive/intake/sample.py"}
    at_once = {
        str(path.relative_to(ROOT))
        for path in FILES
        if re.search(r"\b(msgpack|json)\.decode\(", path.read_text(encoding="utf-8"))
    }
    assert at_once <= in_one_thread
