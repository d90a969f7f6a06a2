"""The demonstration network: thirty invented hubs, a framework agreement and three more."""
