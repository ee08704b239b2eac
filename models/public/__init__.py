"""The only window of public pages: frozen rows built by the rules of visibility and consent."""
