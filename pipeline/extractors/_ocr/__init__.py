"""Letters read from a picture of a page, by the program tesseract."""
