package prism

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

const benchedLive = `{"liveId":"1007","channelId":"4100","title":"Evening show","description":"Live from the kitchen","reservedAt":"2026-01-02T03:04:05Z",
	"startAt":"2026-01-02T03:04:05Z","rtmpPath":"rtmp://ingest.example.net/live/0123456789abcdef","status":"ON_AIR","scope":"PUBLIC",
	"liveLink":"https://tv.example.com/1007","liveStat":{"viewCount":9,"viewerCount":8,"likeCount":7,"chatCount":6}}`

func BenchmarkDecodeLive(b *testing.B) {
	client := New(Config{Endpoint: "https://service.test", Transport: transport.New(transport.Config{})})
	response := &transport.Response{Status: 200, Body: []byte(`{"success":true,"data":{"live":` + benchedLive + `}}`)}
	b.ReportAllocs()
	for b.Loop() {
		got, err := client.open(&transport.Request{}, response)
		if err != nil {
			b.Fatal(err)
		}
		if live, found, err := client.locate(got); err != nil || !found || live.LiveID != "1007" {
			b.Fatal(live, found, err)
		}
	}
}

func BenchmarkDecodeAThousandLives(b *testing.B) {
	client := New(Config{Endpoint: "https://service.test", Transport: transport.New(transport.Config{})})
	list := strings.TrimSuffix(strings.Repeat(benchedLive+",", 1000), ",")
	response := &transport.Response{Status: 200, Body: fmt.Appendf(nil, `{"success":true,"data":{"lives":[%s]}}`, list)}
	b.ReportAllocs()
	for b.Loop() {
		got, err := client.open(&transport.Request{}, response)
		if err != nil {
			b.Fatal(err)
		}
		items, err := got.items("lives", livesOf)
		if err != nil || len(items) != 1000 {
			b.Fatal(len(items), err)
		}
		for _, item := range items {
			if _, err := client.decodeLive(item); err != nil {
				b.Fatal(err)
			}
		}
	}
}
