"""What an office did with its cases in a stretch of time: figures, and every form of them."""
