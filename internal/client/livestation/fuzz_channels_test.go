package livestation

import (
	"context"
	"slices"
	"testing"
	"time"
)

// The calls of general and VOD2LIVE channels, quality and schedules.
func init() {
	for name, list := range map[string]func(*Client) *Channels{"general channels": func(c *Client) *Channels { return c.General }, "VOD2LIVE channels": func(c *Client) *Channels { return c.VOD2LIVE }} {
		readsOf["list of "+name] = func(t *testing.T, ctx context.Context, c *Client) error {
			channels, err := list(c).List(ctx, ChannelFilter{})
			for i, channel := range channels {
				mustBeWritable(t, channel.CreatedTime.Time, channel.UpdatedTime.Time, channel.RecentPublish())
				if channel.Deleted() || i > 0 && channel.CreatedTime.Before(channels[i-1].CreatedTime.Time) {
					t.Errorf("channel %d of %d is deleted or out of order", i, len(channels))
				}
			}
			return err
		}
	}
	readsOf["VOD2LIVE channel"] = func(_ *testing.T, ctx context.Context, c *Client) error {
		_, err := c.VOD2LIVE.Read(ctx, "ls-1")
		return err
	}
	readsOf["refreshed channel"] = func(_ *testing.T, ctx context.Context, c *Client) error {
		for _, id := range []string{"ls-0", "ls-1"} {
			if _, err := c.General.Refresh(ctx, id, nil); err != nil {
				return err
			}
		}
		return nil
	}
	readsOf["quality profile"] = func(t *testing.T, ctx context.Context, c *Client) error {
		profile, err := c.QualityProfile(ctx, 1)
		if err == nil {
			mustBeWritable(t, profile.CreatedTime.Time)
		}
		return err
	}
	readsOf["quality profiles"] = func(_ *testing.T, ctx context.Context, c *Client) error { _, err := c.QualityProfiles(ctx); return err }
	readsOf["quality set"] = func(t *testing.T, ctx context.Context, c *Client) error {
		set, err := c.QualitySet(ctx, 1)
		if err == nil && !slices.IsSorted(set.ProfileIDs()) {
			t.Error("the ids of the profiles are not in order")
		}
		return err
	}
	readsOf["quality sets"] = func(_ *testing.T, ctx context.Context, c *Client) error {
		_, err := c.QualitySets(ctx, QualitySetFilter{})
		return err
	}
	readsOf["schedule"] = func(t *testing.T, ctx context.Context, c *Client) error {
		schedule, err := c.Schedule(ctx, 1)
		if err == nil {
			mustBeWritable(t, schedule.StartTime.Time, schedule.EndTime.Time, schedule.CreatedTime.Time)
		}
		return err
	}
	readsOf["all events"] = func(t *testing.T, ctx context.Context, c *Client) error {
		events, err := c.Events(ctx, "ls-1")
		mustBeNewestFirst(t, events)
		return err
	}
	readsOf["recordings"] = func(t *testing.T, ctx context.Context, c *Client) error {
		recordings, err := c.Recordings(ctx, "ls-1")
		for _, recording := range recordings {
			mustBeWritable(t, recording.BeginTime.Time, recording.CreatedTime.Time, recording.DeleteTime.Time)
		}
		return err
	}
	for name, write := range map[string]func(context.Context, *Client) error{
		"create general channel": func(ctx context.Context, c *Client) error {
			_, _, err := c.General.Create(ctx, generalInput("fuzz"))
			return err
		},
		"create VOD2LIVE channel": func(ctx context.Context, c *Client) error {
			_, _, err := c.VOD2LIVE.Create(ctx, generalInput("fuzz"))
			return err
		},
		"edit general channel": func(ctx context.Context, c *Client) error {
			_, err := c.General.Edit(ctx, "ls-1", generalInput("fuzz").ChannelEdit)
			return err
		},
		"turn off": func(ctx context.Context, c *Client) error { _, err := c.General.TurnOff(ctx, "ls-1", true); return err },
		"turn on":  func(ctx context.Context, c *Client) error { _, err := c.VOD2LIVE.TurnOn(ctx, "ls-1"); return err },
		"set general callback": func(ctx context.Context, c *Client) error {
			_, err := c.General.SetCallback(ctx, "ls-1", "https://h.example.com")
			return err
		},
		"set default callback": func(ctx context.Context, c *Client) error { return c.SetDefaultCallback(ctx, "https://h.example.com") },
		"create profile": func(ctx context.Context, c *Client) error {
			_, _, err := c.CreateQualityProfile(ctx, profileInput("fuzz"))
			return err
		},
		"create set": func(ctx context.Context, c *Client) error {
			_, _, err := c.CreateQualitySet(ctx, QualitySetInput{Name: "fuzz"})
			return err
		},
		"edit set": func(ctx context.Context, c *Client) error {
			_, err := c.UpdateQualitySet(ctx, 1, SegmentEdit{2000, 3})
			return err
		},
		"create schedule": func(ctx context.Context, c *Client) error {
			_, _, err := c.CreateSchedule(ctx, "ls-1", ScheduleEdit{StartTime: time.Now()})
			return err
		},
		"edit schedule": func(ctx context.Context, c *Client) error {
			before, err := c.Schedule(ctx, 1)
			if err != nil {
				return err
			}
			return c.UpdateSchedule(ctx, 1, "", before, ScheduleEdit{StartTime: time.Now()})
		},
		"delete schedule": func(ctx context.Context, c *Client) error { return c.DeleteSchedule(ctx, 1, "", false) },
		"start recording": func(ctx context.Context, c *Client) error { return c.StartRecording(ctx, "ls-1") },
		"switch stream":   func(ctx context.Context, c *Client) error { return c.SwitchStream(ctx, "ls-1") },
	} {
		writesOf[name] = func(_ *testing.T, ctx context.Context, c *Client) error { return write(ctx, c) }
	}
}

// FuzzAnswersAboutWhatMayNotBeThere covers the reads for which a refusal may be an answer, and the deletions that go in several steps.
func FuzzAnswersAboutWhatMayNotBeThere(f *testing.F) {
	addAnswers(f)
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		for name, call := range map[string]func(context.Context, *Client) error{
			"service URLs": func(ctx context.Context, c *Client) error {
				_, err := c.ServiceURLs(ctx, "ls-1", URLGeneral)
				return err
			},
			"stream metadata":  func(ctx context.Context, c *Client) error { _, err := c.StreamMetadata(ctx, "ls-1"); return err },
			"default callback": func(ctx context.Context, c *Client) error { _, err := c.DefaultCallback(ctx); return err },
			"delete channel":   func(ctx context.Context, c *Client) error { return c.General.Delete(ctx, "ls-1", DeleteOptions{}) },
			"delete VOD2LIVE":  func(ctx context.Context, c *Client) error { return c.VOD2LIVE.Delete(ctx, "ls-1", forced) },
			"delete profile":   func(ctx context.Context, c *Client) error { return c.DeleteQualityProfile(ctx, 1) },
			"delete set":       func(ctx context.Context, c *Client) error { return c.DeleteQualitySet(ctx, 1) },
		} {
			service := &canned{status: status, body: body}
			client, ctx := service.client(t)
			mustBeGoodError(t, name, call(ctx, client))
			mustStayInTheAPI(t, service.asked)
		}
	})
}
