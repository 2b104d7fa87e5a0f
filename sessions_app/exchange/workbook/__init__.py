"""The programme as a workbook that organisers fill in: XLSX out, and in with a preview."""
