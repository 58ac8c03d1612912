"""``python -m pipeline.lexicon.compile SOURCES [OUT]``: compile the lexicons that ship."""

import sys
from pathlib import Path

from pipeline.lexicon import FOLDER
from pipeline.lexicon.compile import analytes, conditions, drugs, grading, therapies, words
from pipeline.lexicon.compile.sources import Sources

USAGE = "usage: python -m pipeline.lexicon.compile SOURCES [OUT]"


def main(arguments: list[str]) -> int:
    """Compile all lexicons; the exit code is 0, or 2 for a wrong call."""
    if not 1 <= len(arguments) <= 2 or not Path(arguments[0]).is_dir():
        print(USAGE, file=sys.stderr)
        return 2
    sources = Sources(Path(arguments[0]))
    out = Path(arguments[1]) if len(arguments) == 2 else FOLDER
    out.mkdir(parents=True, exist_ok=True)
    for recipe in (drugs, therapies, conditions, analytes, grading, words):
        for line in recipe.write(sources, out):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
