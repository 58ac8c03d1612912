"""casebook: published clinical case reports in, a traceable evidence table out."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pipeline.load import load_run

__version__ = "0.1.0"
__all__ = ["__version__", "load_run"]


def __getattr__(name: str) -> object:
    # Loading tables needs pandas: `import pipeline` alone stays cheap.
    if name == "load_run":
        import importlib

        return importlib.import_module("pipeline.load").load_run
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
