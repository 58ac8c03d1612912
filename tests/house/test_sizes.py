"""The house stays readable: small modules, small functions, word lists beside the code and not in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path for room in ("pipeline", "corpus", "tests", "benchmarks") for path in ROOT.glob(f"{room}/**/*.py")
)
SHIPPED = [path for path in MODULES if path.is_relative_to(ROOT / "pipeline")]
LONGEST_MODULE, LONGEST_FUNCTION, MOST_WORDS, MOST_BRANCHES = 300, 40, 12, 20
NO_NAMES = re.compile(r"(^|_)(data|info|item|util|utils|helper|helpers|manager|processor|misc|common|v2)(_|$)")
ENUMERATIONS = {"pipeline/datamodel/vocabulary.py"}


def named(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=[str(p.relative_to(ROOT)) for p in paths])


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, docstring left out."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@named(MODULES)
def test_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@named(MODULES)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {f.name: length(f) for f in functions(tree) if length(f) > LONGEST_FUNCTION} == {}


@named(SHIPPED)
def test_word_lists_are_not_code(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in ENUMERATIONS:
        pytest.skip("the closed vocabularies of the output")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(word_lists(tree)) == []


def is_text(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def word_lists(tree: ast.Module) -> Iterator[str]:
    """Collections of many words, and patterns with many branches; what Python itself asks to be a list is none."""
    exempt = {id(n.value) for n in tree.body if isinstance(n, ast.Assign) and "__all__" in map(ast.unparse, n.targets)}
    exempt |= {id(k.value) for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords}
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple | ast.Set) and id(node) not in exempt:
            words = sum(map(is_text, node.elts))
        elif isinstance(node, ast.Dict) and id(node) not in exempt:
            words = sum(is_text(k) and is_text(v) for k, v in zip(node.keys, node.values, strict=True))
        else:
            words = 0
        if words > MOST_WORDS:
            yield f"line {node.lineno}: {words} words"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            branches = len(re.findall(r"[^\W\d_]{3,}\|", node.value))
            if branches > MOST_BRANCHES:
                yield f"line {node.lineno}: a pattern of {branches} branches"


@named(SHIPPED)
def test_names_are_the_field_s(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [
        name for name in (path.stem, *defined) if NO_NAMES.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    ] == []
