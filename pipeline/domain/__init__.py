"""The rules of selling, decided with the standard library alone."""
