"""Who works here: how officers come in, prove who they are and leave."""
