package prism

import "testing"

func TestLiveIsDescribedWithItsViewersCountedInPlainEnglish(t *testing.T) {
	t.Parallel()
	count := func(viewers int64) *LiveStat { return &LiveStat{ViewerCount: &viewers} }
	for want, stat := range map[string]*LiveStat{
		"": nil, " ": {}, ", 0 viewers now": count(0), ", 1 viewer now": count(1), ", 2 viewers now": count(2),
	} {
		live := &Live{LiveID: "900017", Title: "Evening demo", Status: StatusOnAir, StartAt: "2031-05-04T19:02:10+09:00", LiveStat: stat}
		if want == " " {
			want = ""
		}
		if got := live.Describe(); got != `live 900017 "Evening demo", on air since 2031-05-04T19:02:10+09:00`+want {
			t.Errorf("got %q, want its end to be %q", got, want)
		}
	}
}
