"""Files of any kind we read → a ``Document`` of paragraphs and tables, each with its place."""
