"""Screens: native HTML forms and figures through anywidget, and the panels made of them."""
