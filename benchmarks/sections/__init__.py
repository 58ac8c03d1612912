"""What is measured, a module each. To measure something else, drop a module here.

It has ``TITLE``, ``RANK`` (its place in the report) and ``measure(given: Given) -> Iterator[Figure]``.
"""
