"""Section 三 as workplaces: district, township, village, the public. A desk shows and receives; it decides nothing."""
