"""Values → terminal, Markdown, HTML, JSON, PDF, pictures."""
