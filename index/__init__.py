"""What the articles say, and how it is found. Knows nothing of chat, writing or pages."""
