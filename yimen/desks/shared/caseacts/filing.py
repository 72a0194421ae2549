"""Pages of acts."""
