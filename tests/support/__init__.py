"""What tests share: raw servers, and one way to call a client whatever its runtime."""
