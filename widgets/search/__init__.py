"""Words looked for in all templates, and replaced."""
