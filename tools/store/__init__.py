"""Ground floor: engine, session, column types, base classes and migrations. Knows no domain."""
