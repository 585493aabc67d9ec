"""What several tests share: small tables, released results, wording, a project with chapters."""
