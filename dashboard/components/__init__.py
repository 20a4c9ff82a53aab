"""The furniture every page is set with: headings, tiles, tables, pickers and forms."""
