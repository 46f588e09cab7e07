package apigateway

import "testing"

func TestSignatureGivesTheVectorsOfTheReference(t *testing.T) {
	t.Parallel()
	const access, secret = "AKEXAMPLE0000000001", "sk-example-SECRET-do-not-use-0123456789"
	for name, v := range map[string]struct{ method, uri, timestamp, access, secret, want string }{
		"V1": {"GET", "/api/v2/re-stream/channels?pageNo=1&pageSizeNo=20", "1767225600000", access, secret, "kzNMsq1nRvqB7u3FqfT5vL00uidLYBBkAMOh53pAHmQ="},
		"V2": {"POST", "/api/v2/re-stream/channels", "1767225600123", access, secret, "ZrTbuNqhsNHJrJhAkU9T0DW83q6XJ4bCiKkP0yICav8="},
		"V3": {"DELETE", "/api/v2/re-stream/channels/ls-20260101000000-AbCd1", "1767225601000", access, secret, "M1EIzWD4Px7QarY/K87wRWxBzSZyR4CXBqprJ+JLi/I="},
		"V4": {"POST", "/api/v2/channels/ls-20260101000000-AbCd1/curtain/insert", "1767225602500", access, secret, "gjZawFN9CNRuo1SEtsagAqLEqhMDe91/WoFCtCzpXkk="},
		"V5": {"GET", "/api/fin-v2/curtainContents?pageNo=1&pageSizeNo=100&status=READY", "1767225603999", access, secret, "P8X1tKZw4F9wpP5qlO6b3xUtwwruzgwvZSbWCgImFwc="},
		"V6": {"GET", "/api/v2/channels?channelName=%ED%95%9C%EA%B8%80_1&pageNo=1", "1767225604000", access, secret, "/C6sSUC+omOLal7pjSR9SV22lt9ZtF3GkrUC8GpaQrI="},
		"V7": {"GET", "/vserver/v2/getServerInstanceList?responseFormatType=json", "1234567890123", "TestAccessKey", "TestSecretKey", "FPsYYX8fuMAgi+cue3eACOW0dNtIwu1LYWfg/megA2M="},
	} {
		if got := Signature(v.method, v.uri, v.timestamp, v.access, v.secret); got != v.want {
			t.Errorf("%s is %s, want %s", name, got, v.want)
		}
	}
}

func TestFaultsAreReadInEveryShape(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Fault{
		`{"error":{"errorCode":250004,"message":"channel not found.","errorName":"NOT_FOUND"}}`:                           {250004, "250004", "NOT_FOUND", "channel not found."},
		`{"error":{"errorCode":"200","message":"Authentication Failed","details":"Invalid authentication information."}}`: {200, "200", "", "Authentication Failed: Invalid authentication information."},
		`{"errorCode":"410","message":"Throttle Limited"}`:                                                                {410, "410", "", "Throttle Limited"},
		`{"errorCode":" 410 ","message":"Throttle Limited"}`:                                                              {410, " 410 ", "", "Throttle Limited"},
		`{"content":{"errorCode":1}}`:                                                                                     {}, `{"content":{"a":1},"message":"OK"}`: {}, `[]`: {}, ``: {}, `<html>`: {}, `{"error":{}}`: {},
		`{"error":"text"}`: {Message: "the answer holds an error that cannot be read"},
	} {
		if got := ParseFault([]byte(body)); got != want {
			t.Errorf("%s is %+v, want %+v", body, got, want)
		}
	}
}
