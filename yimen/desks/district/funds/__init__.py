"""资金 at the district (三(一)2, 六(三); S13): what stands where, orders of two persons, the journal, pictures."""
