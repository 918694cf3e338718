"""The series: periods, points, flows and what made them.  Heavy imports stay in the modules."""
