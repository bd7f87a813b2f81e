"""Whether the running product is well: measurements in, findings, alerts and metrics out."""
