"""The recipe of the shipped lexicons: public files and the project's own lists in, ``pipeline/lexicons/`` out."""
