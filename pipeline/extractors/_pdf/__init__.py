"""Reading PDF: characters -> words -> lines -> columns -> blocks -> text. Private to ``extractors.pdf``."""
