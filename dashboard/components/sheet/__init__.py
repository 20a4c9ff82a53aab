"""A sheet in the page: rows are typed or pasted, marked cell by cell, and saved together."""
