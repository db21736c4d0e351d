"""One customer: their record, what they owe, what was promised."""
