"""What citizens, officials and the clock do with cases, each act with its event or its audit."""
