"""Rules about merge fields, parts, locales and includes."""
