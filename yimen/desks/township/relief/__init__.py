"""临时救助 at the township and the village: list, registration, decision, handing out, papers (L50; 六(三))."""
