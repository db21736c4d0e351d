"""扫码枪体检: what a scanner sends, and what is wrong with it."""
