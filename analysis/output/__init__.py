"""What the commands print: results as sentences, tables, JSON and CSV."""
