"""Judges on the workers of a Dask cluster. Importing it needs `distributed`."""
