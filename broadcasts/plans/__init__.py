"""An issued communication plan, read from its file into a ``Plan``.

``reading`` turns a file into a neutral ``Document``; the rules beside it know no library.
"""
