"""Stage criteria in plain language: read into typed rules, said back, kept in versions, and judged on records. Knows neither how texts are read nor who asks."""
