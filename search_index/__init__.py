"""The search engines behind one small protocol."""
