"""What makes and checks the parts of this project that are not written by hand."""
