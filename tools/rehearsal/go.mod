module github.com/ncloud-live/terraform-provider-livestation/tools/rehearsal

go 1.26.0

replace github.com/ncloud-live/terraform-provider-livestation => ../..

require (
	github.com/chromedp/chromedp v0.23.0
	github.com/ncloud-live/terraform-provider-livestation v0.0.0-00010101000000-000000000000
)

require (
	github.com/abema/go-mp4 v1.7.1 // indirect
	github.com/bluenviron/gortmplib v1.0.1 // indirect
	github.com/bluenviron/mediacommon/v2 v2.9.3 // indirect
	github.com/chromedp/cdproto v0.159.0 // indirect
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	github.com/google/uuid v1.6.0 // indirect
)
