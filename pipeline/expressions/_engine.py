"""The inside of :mod:`re`, where this Python lets one see it; the three names are None elsewhere."""

import sys
from typing import Any

parser: Any = None
compiler: Any = None
sre: Any = None
VERSION = ""

try:
    import _sre  # type: ignore[import-not-found]

    if sys.version_info >= (3, 11):
        from re import _compiler, _parser
    else:  # pragma: no cover
        import sre_compile as _compiler
        import sre_parse as _parser
    VERSION = f"{_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder} {sys.version}"
    parser, compiler, sre = _parser, _compiler, _sre
except (ImportError, AttributeError):  # pragma: no cover  # another Python than CPython
    pass
