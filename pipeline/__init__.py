"""casebook: published clinical case reports in, a traceable evidence table out."""

__version__ = "0.1.0"
