"""The Gradio page: draws what assistant returns, decides nothing. Import `app` and `desk` only to serve it."""
