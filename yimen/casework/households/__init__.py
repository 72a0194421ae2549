"""People, households, members over time, obligors, bank accounts (plan 四(一); forms.md §8).

Never decides who counts as a member: that is the law floor's business, per application."""
