"""The service's database: tables, migrations, encryption at rest, the durable queue."""
