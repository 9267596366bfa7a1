"""Takes exports of other systems in: reads files as people write them, proposes where columns belong, loads, and reports every repair."""
