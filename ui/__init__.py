"""The window (Qt): pages, dialogs, widgets. It calls the services and nothing below them."""
