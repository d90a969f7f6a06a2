"""What happened and who must hear: the record, notices, their wording."""
