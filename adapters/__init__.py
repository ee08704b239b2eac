"""Foreign bytes: pictures, documents, spreadsheets, mail, keys."""
