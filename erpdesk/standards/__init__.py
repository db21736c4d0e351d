"""The only home of biip and python-stdnum, and of pinyin: guarded, our own types out."""
