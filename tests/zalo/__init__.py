"""Zalo, against strict servers on loopback."""
