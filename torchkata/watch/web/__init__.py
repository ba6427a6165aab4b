"""`kata watch --web`: what a watch shows, as a page in the browser of this machine."""
