"""Is an article's structure the same, read from its PDF and from its JATS XML?

python -m benchmarks.structure PDFS XMLS -v       two folders (or one), articles paired by the name of the file

:mod:`.parts` compares the section of each word of the body, :mod:`.cells` header and row label of each cell.
"""
