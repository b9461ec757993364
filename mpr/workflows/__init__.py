"""What the policy team does with `mpr`: one module a command, without printing."""
