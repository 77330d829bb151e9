"""One call of one operation: arguments in, request out, response in, model out."""
