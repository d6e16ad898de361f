"""Tables out of files people make: spreadsheets, delimited text, documents; and back."""
