"""The only home of biip, python-stdnum and pypinyin: guarded, our own types out."""
