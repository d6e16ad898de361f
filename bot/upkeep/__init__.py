"""What is done by the clock: days counted, old rows ended, the nightly walk through the portal."""
