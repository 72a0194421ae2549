"""新登记申请 (S3): one page from first word to submission."""
