"""What an article mentions, by rules that analysts write. Pure: no network, no model, no clock."""
