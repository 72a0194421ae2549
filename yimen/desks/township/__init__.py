"""The township's desk (三(二)): queue, intake, notices."""
