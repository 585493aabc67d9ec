"""What institutions return: the request workbook, the readers, and the ledger of observations."""
