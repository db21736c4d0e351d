"""What ships beside the code: fonts, words, pictures."""
