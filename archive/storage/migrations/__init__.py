"""The steps from one version of the format to the next."""
