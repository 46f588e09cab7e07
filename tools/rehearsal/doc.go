// Package rehearsal tries the simulator's ingest and board with what people use: a real CLI, a real browser, real encoders
// and a real platform. `make test-rehearsal` runs it. It needs chromium, ffmpeg, gst-launch-1.0 with its plugins (base, good,
// bad, ugly) and nginx with its RTMP module on PATH, and fails where one of them is missing.
package rehearsal
