"""What happens to a reply after it is stored: fetched by its citizen, or sent."""
