"""How a plain text becomes a document: decoding, lines, paragraphs, what each of them is."""
