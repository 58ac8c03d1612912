"""Reading PDF: characters with their places -> words -> lines -> columns -> blocks -> text. Private to ``extractors.pdf``."""
