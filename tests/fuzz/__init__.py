"""`make fuzz`: schemathesis over the whole OpenAPI document, against a real server and as three callers."""
