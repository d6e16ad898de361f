"""The steps a message passes, each answering or passing on; ``pipeline.STEPS`` is their order."""
