"""平台对账 (S12; 四(六)): the provincial platform's file of a month beside our data, until both say the same."""
