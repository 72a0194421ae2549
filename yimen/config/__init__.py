"""Settings, URLs and the WSGI entry. Nothing about social assistance."""
