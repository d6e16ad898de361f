"""How far a plan was carried out in a stretch of its year: figures, and the document of them."""
