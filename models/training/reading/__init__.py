"""Parts of the recipe of the trained reader: examples, vectors, loss."""
