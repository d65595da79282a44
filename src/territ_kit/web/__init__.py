"""What the browser receives: the Voilà template and JupyterLab's settings, as package data."""
