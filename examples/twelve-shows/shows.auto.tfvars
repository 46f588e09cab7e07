shows = {
  cooking-early = { channel_id = "ch-cooking", title = "Dumplings", reserved_at = "2026-12-31T19:00:00+09:00" }
  cooking-late  = { channel_id = "ch-cooking", title = "New Year's soup", reserved_at = "2026-12-31T21:45:00+09:00", follows = "cooking-early" }

  gaming-early = { channel_id = "ch-gaming", title = "Warm-up", reserved_at = "2026-12-31T19:00:00+09:00" }
  gaming-late  = { channel_id = "ch-gaming", title = "Grand final", reserved_at = "2026-12-31T21:45:00+09:00", follows = "gaming-early" }

  music-early = { channel_id = "ch-music", title = "Strings", reserved_at = "2026-12-31T19:00:00+09:00" }
  music-late  = { channel_id = "ch-music", title = "Countdown", reserved_at = "2026-12-31T21:45:00+09:00", follows = "music-early" }

  news-early = { channel_id = "ch-news", title = "The day", reserved_at = "2026-12-31T19:00:00+09:00" }
  news-late  = { channel_id = "ch-news", title = "The year", reserved_at = "2026-12-31T21:45:00+09:00", follows = "news-early" }

  sports-early = { channel_id = "ch-sports", title = "First half", reserved_at = "2026-12-31T19:00:00+09:00" }
  sports-late  = { channel_id = "ch-sports", title = "Second half", reserved_at = "2026-12-31T21:45:00+09:00", follows = "sports-early" }

  travel-early = { channel_id = "ch-travel", title = "Jeju", reserved_at = "2026-12-31T19:00:00+09:00" }
  travel-late  = { channel_id = "ch-travel", title = "Bells of Bosingak", reserved_at = "2026-12-31T21:45:00+09:00", follows = "travel-early" }
}
