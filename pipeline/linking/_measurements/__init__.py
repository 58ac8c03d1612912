"""Values in tables and lists, and the reference ranges printed beside them."""
