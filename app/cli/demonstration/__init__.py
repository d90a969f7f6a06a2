"""The demonstration network: thirty invented hubs, a framework agreement and five more."""
