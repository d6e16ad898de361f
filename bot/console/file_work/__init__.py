"""Files handed in, tried, and taken over beside the loop; every use has the same pages."""
