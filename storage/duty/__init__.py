"""What only this desk has: `duty.db`."""
