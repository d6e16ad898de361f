"""What officials, commands and the clock do with plans and news, each act with its audit."""
