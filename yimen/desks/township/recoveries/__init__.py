"""多发和退回 (L73, L74): the register of what was paid too much, proposals, the district's orders, refunds."""
