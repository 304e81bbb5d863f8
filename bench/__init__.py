"""Measuring: quality on evaluation data. Uses the public names of index and assistant; nothing there knows of it."""
