"""Stage criteria in plain language: read into typed rules, said back, kept in versions, judged on records. Knows neither chat nor page."""
