package livestation

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apigateway"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

func BenchmarkSign(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		apigateway.Signature("GET", "/api/v2/re-stream/channels/ls-20260102030405-Zx9Qa", "1767323045000", "ACCESSKEY", "secret key of no value")
	}
}

func BenchmarkDecodeRestreamChannel(b *testing.B) {
	client := New(Config{Endpoint: "https://service.test", Transport: transport.New(transport.Config{})})
	response := &transport.Response{Status: 200, Body: []byte(`{"content":{"channelId":"ls-20260102030405-Zx9Qa","channelName":"bench_1","instanceNo":1001,
		"channelStatus":"READY","streamKey":"0123456789abcdef","publishUrl":"rtmp://a.example.net/relay","globalPublishUrl":"rtmp://b.example.net/relay",
		"planType":"STANDARD","envType":"REAL","createdTime":1767323045000,"isPublishing":false,"platformCount":1,"totalPublishSeconds":0,"alertOn":false,
		"restream":[{"targetName":"YOUTUBE","rtmpUrl":"rtmp://a.rtmp.youtube.com/live2","streamKey":"abcd-efgh","connectStatus":"READY"}]}}`)}
	b.ReportAllocs()
	for b.Loop() {
		answer, err := client.open(&transport.Request{}, response)
		if err != nil {
			b.Fatal(err)
		}
		if channel, err := decode[RestreamChannel](operation{}, answer); err != nil || len(channel.Restream) != 1 {
			b.Fatal(channel, err)
		}
	}
}
