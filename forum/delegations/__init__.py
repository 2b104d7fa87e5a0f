"""What an organisation's contact does for its delegates: invites, endorses, registers, replaces."""
