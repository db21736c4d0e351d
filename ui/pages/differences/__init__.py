"""差异核对: a reason and a treatment for each line that differs."""
