"""What a call costs. Each module with a function ``measure`` measures one family of figures."""
