"""Changes of circumstances (plan 四(四); D30 to D34; T23 to T27; L46 to L48).

A change is reported, taken up, established and reckoned; whoever loses by it is heard; a leader who did not handle it decides; the
household is told in writing. Only then does the award change, and its history says why.
"""
