"""设置: the firm, its people, rates, scanners and looks."""
