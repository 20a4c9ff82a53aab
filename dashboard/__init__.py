"""The screen: no SQL, no arithmetic."""
