"""四(三): opinion with its Reckoning, public notice and objections, decision, written notice, announcement.

Never pays: the award follows from the decision in the next room."""
