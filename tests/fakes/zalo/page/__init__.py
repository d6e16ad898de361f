"""The page on which one tries the product: as a citizen, in OA Manager, as a developer."""
