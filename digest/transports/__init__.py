"""The ways mail can leave."""
