"""The only home of ReportLab: frozen data in, bytes of a PDF out."""
