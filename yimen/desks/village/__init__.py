"""The village's desk: what is to be visited and hung up, on a phone."""
