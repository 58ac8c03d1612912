"""From one source of a sample report (``corpus/sources/*.toml``) to its file: two-column PDF, text or JATS XML."""
