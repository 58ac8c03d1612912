"""The program tesseract: whether it is there, and what it reads in a picture.

It is called as a program, picture in and hOCR out: nothing is installed with casebook for it, and where it is missing
all else works.
"""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator

from pipeline.errors import DocumentError

DPI = 300
# One thread: what several threads add up differs in the last digit, and with it, at times, a letter.
_FIXED = {"OMP_THREAD_LIMIT": "1"}
_OPTIONS = ("-l", "eng", "--oem", "1", "--psm", "1", "--dpi", str(DPI), "hocr")


def read_picture(program: str, width: int, grey: bytes, seconds: float) -> bytes:
    """The words of a picture with their places, as hOCR (XHTML).

    Args:
        program: path of tesseract.
        width: of the picture in pixels.
        grey: its pixels, a byte each, row by row from the top.
        seconds: longest time.

    Raises:
        DocumentError: ``too_slow``, or ``ocr_failed`` where the program gives nothing.
    """
    picture = b"P5 %d %d 255\n" % (width, len(grey) // width) + grey
    try:
        with _clock_stopped():
            said = subprocess.run(
                [program, "stdin", "stdout", *_OPTIONS],
                input=picture,
                capture_output=True,
                timeout=max(seconds, 0.01),
                check=False,
                env={**os.environ, **_FIXED},
                # An interrupt of the run lets the document in work be finished.
                start_new_session=True,
            )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            "too_slow", "reading the scan by OCR takes too long; raise reading.max_seconds_ocr"
        ) from error
    except OSError as error:
        raise _failed(str(error.strerror or error)) from error
    if said.returncode or not said.stdout.strip():
        raise _failed(said.stderr.decode("utf-8", "replace"))
    return said.stdout


def _failed(reason: str) -> DocumentError:
    line = " ".join(reason.split())[:160] or "no words were given"
    return DocumentError("ocr_failed", f"tesseract cannot read the scan ({line}); see casebook doctor")


@contextlib.contextmanager
def _clock_stopped() -> Iterator[None]:
    """The time limit of a document counts its own work; OCR has a limit of its own."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    left, again = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        if left:
            signal.setitimer(signal.ITIMER_REAL, left, again)
