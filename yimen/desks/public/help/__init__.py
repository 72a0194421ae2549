"""The handbook at /help/: pages that the build made (scripts/handbook.sh), served as they are, and a search over them."""
