"""Meeting citizens and officers: channels, conversation, delivery and the web."""
