"""导入中心 (S31, T11): the ledgers of households on assistance, in four steps, with a second person and a way back."""
