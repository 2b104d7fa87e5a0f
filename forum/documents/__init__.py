"""Certificates and letters of invitation: numbered, kept, and verified by a code."""
