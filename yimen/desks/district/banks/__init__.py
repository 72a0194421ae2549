"""银行文件模板: how each bank's files look, written by one person of the district and released by another."""
