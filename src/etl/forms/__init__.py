"""Contracts: what a form looks like, read from `expectations/<form>/form.yaml`."""

from etl.forms.contract import Column, Form, load_forms

__all__ = ["Column", "Form", "load_forms"]
