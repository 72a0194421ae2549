"""The district's pages of 提标, of the standing check and of area-wide additions."""
