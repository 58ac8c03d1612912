"""The trained reader: its layers, its decoder and its spaCy component. Imported by whoever loads the model."""
