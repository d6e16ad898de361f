"""The office's counter on the web: the chat page, webhooks, health and figures."""
