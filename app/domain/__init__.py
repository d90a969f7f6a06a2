"""The law: clauses, amendments, merging, counting, lifecycle. No I/O, no clock, no dice."""
