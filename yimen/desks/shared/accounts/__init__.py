"""发放账户: changes proposed by one person, confirmed by another, and told to the household by the district."""
