"""Moving what is kept: backups of a database, and archives of an account."""
