"""Applicant tracking systems."""
