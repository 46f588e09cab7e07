package rehearsal

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser is a real one that looks at the board.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string // what the page has complained of
}

func (e *evening) browse() *browser {
	e.t.Helper()
	ctx, cancel := chromedp.NewExecAllocator(e.t.Context(), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true))
	e.t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	e.t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	e.t.Cleanup(cancel)
	b := &browser{t: e.t, ctx: ctx}
	b.do(chromedp.Navigate("about:blank"))
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.problems = append(b.problems, m.String())
			b.mu.Unlock()
		}
	}()
	b.do(chromedp.EmulateViewport(1600, 900), chromedp.Navigate(e.page), chromedp.WaitVisible(".card"))
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// is evaluates a condition on the page.
func (b *browser) is(condition string) bool {
	b.t.Helper()
	is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](condition))
	if err != nil {
		b.t.Fatal(err)
	}
	return is
}

// sees waits until a card has a lamp, and holds a text.
func (b *browser) sees(name, lamp, text string) {
	b.t.Helper()
	eventually(b.t, name+" "+lamp+" "+text, func() bool {
		return b.is(`[...document.querySelectorAll("article.` + lamp + `")].some((a) => a.innerText.includes("` + name + `") && a.innerText.includes("` + text + `"))`)
	})
}

func TestBoardFollowsARealCLI(t *testing.T) {
	e := start(t)
	b, s := e.browse(), e.show()

	s.apply()
	b.sees("Olive festival", "ready", "RESERVED")
	b.sees("olive_relay", "ready", "YOUTUBE")
	defer program(t, "ffmpeg", picture(s.run("output", "-raw", "relay_feed"))...)()
	b.sees("olive_relay", "on", "CONNECTING")
	b.sees("olive_relay", "on", "bit/s")
	b.sees("olive_stage", "ready", "")
	defer program(t, "ffmpeg", picture(s.run("output", "-raw", "stage_feed"))...)()
	b.sees("olive_stage", "on", "bit/s")
	s.apply("phase=on_air", "curtain=true")
	b.sees("Olive festival", "on", "ON AIR")
	b.sees("olive_stage", "on", "CURTAIN")

	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	build := filepath.Join("..", "..", "build")
	if err := os.MkdirAll(build, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(build, "board.png"), picture, 0o600); err != nil {
		t.Fatal(err)
	}

	s.apply("phase=wrap")
	b.sees("Olive festival", "off", "END")
	b.sees("olive_stage", "on", "ON AIR")
	if b.is(`document.querySelector(".curtain") !== null`) {
		t.Error("the curtain is still shown")
	}

	t.Run("keyboard", func(t *testing.T) {
		reached := map[string]bool{}
		for range 5 {
			b.do(chromedp.KeyEvent("\t"))
			id, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.activeElement.id || document.activeElement.className`))
			if err != nil {
				t.Fatal(err)
			}
			reached[id] = true
		}
		for _, id := range []string{"skip", "reads", "refused", "log"} {
			if !reached[id] {
				t.Errorf("the Tab key does not lead to %s, but to %v", id, reached)
			}
		}
		for key, id := range map[string]string{"f": "refused", "r": "reads"} {
			before := b.is(`document.getElementById("` + id + `").checked`)
			b.do(chromedp.KeyEvent(key))
			if b.is(`document.getElementById("`+id+`").checked`) == before {
				t.Errorf("the key %s does nothing", key)
			}
		}
	})
	t.Run("on a phone", func(t *testing.T) {
		b.do(chromedp.EmulateViewport(320, 640))
		if !b.is(`document.documentElement.scrollWidth <= innerWidth`) {
			t.Error("the page is wider than the phone")
		}
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.problems) > 0 {
		t.Errorf("the page complains: %s", strings.Join(b.problems, "\n"))
	}
}
