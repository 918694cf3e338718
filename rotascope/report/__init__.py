"""Pictures and the HTML report, drawn from points and flows.  Heavy imports stay in the modules."""
