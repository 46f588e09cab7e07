package wait

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestGracePeriodGoesOnForAWhileAfterTheCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		caller, stop := context.WithTimeout(context.WithValue(context.Background(), key{}, "kept"), time.Minute)
		defer stop()
		longer, cancel := WithGracePeriod(caller, 10*time.Second)
		defer cancel()
		began := time.Now()
		<-longer.Done()
		if passed := time.Since(began); passed != 70*time.Second || longer.Value(key{}) != "kept" {
			t.Errorf("it ended after %s with %v", passed, longer.Value(key{}))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		caller, stop := context.WithCancel(context.Background())
		longer, cancel := WithGracePeriod(caller, 10*time.Second)
		cancel()
		stop()
		if longer.Err() == nil {
			t.Error("it goes on though nobody needs it")
		}
	})
}
