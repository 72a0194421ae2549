"""每月比对: everybody on assistance asked about once a month, the answers by source, who could not be asked (plan 四(六))."""
