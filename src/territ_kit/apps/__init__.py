"""The pages, put together, and the servers that show them."""
