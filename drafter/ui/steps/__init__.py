"""The steps of the page: each lays out its part and answers its events."""
