"""审批箱: what a second person decides, and what came back."""
