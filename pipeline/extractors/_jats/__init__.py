"""How a JATS article becomes text: parsing within bounds, running text, tables, references, front matter."""
