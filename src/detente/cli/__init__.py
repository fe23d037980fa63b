"""The command line, one file a family of commands."""

from detente.cli.app import app, main

__all__ = ["app", "main"]
