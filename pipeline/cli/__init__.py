"""The command line. To add a command, drop a file here that defines ``command``; its name is the file's."""

from pipeline.cli._app import main

__all__ = ["main"]
