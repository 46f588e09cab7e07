package livestation

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func TestWantedStateIsSuccessWithoutAWrite(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	if _, err := s.General.TurnOn(ctx, id); err != nil {
		t.Error(err)
	}
	s.set(id, "channelStatus", StatusBlock)
	if _, err := s.General.TurnOff(ctx, id, false); err != nil {
		t.Error(err)
	}
	s.wantWrites()
}

func TestTurningOffAndOnWaitsForTheStatus(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	for route, turn := range map[string]func() (*Channel, error){
		"off": func() (*Channel, error) { return s.General.TurnOff(ctx, id, false) },
		"on":  func() (*Channel, error) { return s.General.TurnOn(ctx, id) },
	} {
		s.set(id, "channelStatus", map[string]string{"off": StatusReady, "on": StatusBlock}[route])
		was, looks := s.get(id, "channelStatus"), 0
		s.shown = func(c object) {
			if looks++; looks < 5 {
				c["channelStatus"] = was
			}
		}
		if channel, err := turn(); err != nil || channel.TurnedOff() != (route == "off") {
			t.Errorf("%s: %+v, %v", route, channel, err)
		}
	}
	s.wantWritesInAnyOrder("PUT /channels/{id}/off", "PUT /channels/{id}/on")
}

func (s *service) wantWritesInAnyOrder(routes ...string) {
	s.t.Helper()
	for _, route := range routes {
		if n := s.count(route); n != 1 {
			s.t.Errorf("%d of %s", n, route)
		}
	}
}

// forced allows a deletion to end whatever it has to.
var forced = DeleteOptions{CutStream: true, DeleteSchedules: true}

func TestStreamIsCutOnlyByForce(t *testing.T) {
	t.Parallel()
	for _, kind := range []func(*service) *Channels{general, vod2live} {
		s := startService(t)
		k := kind(s)
		id := s.add(1, map[bool]object{true: {"type": "VOD", "channelStatus": StatusPublishing}, false: {"channelStatus": StatusPublishing}}[k.vod])[0]
		_, err := k.TurnOff(ctx, id, false)
		if wantKind(t, err, apierror.Conflict); !errors.Is(err, ErrStreaming) {
			t.Error(err)
		}
		if err := k.Delete(ctx, id, DeleteOptions{}); !errors.Is(err, ErrStreaming) {
			t.Error(err)
		}
		s.wantWrites()
		if _, err := k.TurnOff(ctx, id, true); err != nil || s.get(id, "channelStatus") != StatusBlock {
			t.Error(err)
		}
	}
}

func TestOffAndOnWithLostAnswersAreConfirmedAndNotRepeated(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	s.lose("PUT /channels/{id}/off", 1)
	s.lose("PUT /channels/{id}/on", 1)
	if _, err := s.General.TurnOff(ctx, id, false); err != nil {
		t.Error(err)
	}
	if _, err := s.General.TurnOn(ctx, id); err != nil {
		t.Error(err)
	}
	s.wantWrites("PUT /channels/{id}/off", "PUT /channels/{id}/on")
	s.answers["PUT /channels/{id}/off"] = func() (int, string) { s.channels[id]["channelStatus"] = StatusReady; return 504, "" }
	_, err := s.General.TurnOff(ctx, id, false)
	wantKind(t, err, apierror.Lost)
}

// A refusal is final: one look shows that nobody else has turned the channel off, and the error gives the refusal once.
func TestRefusedTurnIsReadOnceAndReportedOnce(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	s.answers["PUT /channels/{id}/off"] = func() (int, string) {
		s.channels[id]["channelStatus"] = StatusReady
		return 400, `{"error":{"errorCode":250005,"message":"not available at the moment"}}`
	}
	_, err := s.General.TurnOff(ctx, id, false)
	if said := wantKind(t, err, apierror.Conflict); strings.Count(err.Error(), "not available at the moment") != 1 {
		t.Error(said, err)
	}
	if looks := s.count("GET /channels/{id}"); looks != 2 {
		t.Errorf("%d looks, want one before and one after", looks)
	}
}

// A VOD2LIVE channel that waits for nothing cannot be turned off; the error is of the deletion alone.
func TestRefusedDeletionOfAnIdleVOD2LIVEChannelIsNotBlamedOnTurningItOff(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, object{"type": "VOD", "channelStatus": StatusBlock})[0]
	s.answers["DELETE /vod/channels/{id}"] = func() (int, string) {
		s.channels[id]["channelStatus"] = StatusReady
		return 500, `{"error":{"errorCode":250010,"message":"no permission"}}`
	}
	err := s.VOD2LIVE.Delete(ctx, id, DeleteOptions{})
	if err == nil {
		t.Fatal("it says that the channel is deleted")
	}
	wantText(t, err.Error(), "no permission")
	wantNone(t, err.Error(), "could not be turned off again")
	s.wantWrites("PUT /vod/channels/{id}/on", "DELETE /vod/channels/{id}")
}

func TestChannelTheOperatorBlockedIsNotTurnedOn(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, object{"channelStatus": StatusForceBlock})[0]
	if _, err := s.General.TurnOn(ctx, id); !errors.Is(err, ErrForceBlocked) {
		t.Error(err)
	}
	s.wantWrites()
	if err := s.General.Delete(ctx, id, forced); !errors.Is(err, ErrForceBlocked) {
		t.Error(err)
	}
	s.wantWrites("DELETE /channels/{id}")
}

func TestDeletionGoesByTheStatus(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status string
		force  bool
		writes []string
	}{
		"ready":          {StatusReady, false, []string{"DELETE /channels/{id}"}},
		"being made":     {StatusCreating, false, []string{"DELETE /channels/{id}"}},
		"turned off":     {StatusBlock, false, []string{"PUT /channels/{id}/on", "DELETE /channels/{id}"}},
		"on air, forced": {StatusPublishing, true, []string{"PUT /channels/{id}/off", "PUT /channels/{id}/on", "DELETE /channels/{id}"}},
		"deleted":        {StatusDeleted, false, nil},
		"terminated":     {StatusForceDeleted, false, nil},
	} {
		s := startService(t)
		id := s.add(1, object{"channelStatus": test.status})[0]
		if err := s.General.Delete(ctx, id, DeleteOptions{CutStream: test.force, DeleteSchedules: test.force}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		s.wantWrites(test.writes...)
		if err := s.General.Delete(ctx, id+"9", DeleteOptions{CutStream: test.force, DeleteSchedules: test.force}); err != nil {
			t.Errorf("%s: one that never was: %v", name, err)
		}
	}
}

func TestDeletionWithALostAnswerIsConfirmedByARead(t *testing.T) {
	t.Parallel()
	s := startService(t)
	id := s.add(1, nil)[0]
	s.lose("DELETE /channels/{id}", 1)
	if err := s.General.Delete(ctx, id, DeleteOptions{}); err != nil {
		t.Error(err)
	}
	s.wantWrites("DELETE /channels/{id}")
	id = s.add(1, nil)[0]
	s.answers["DELETE /channels/{id}"] = func() (int, string) { s.channels[id]["channelStatus"] = StatusReady; return 504, "" }
	wantKind(t, s.General.Delete(ctx, id, DeleteOptions{}), apierror.Lost)
}

// What the channel became between the look and the deletion is why it was refused.
func TestRefusedDeletionNamesTheStatusOfTheChannel(t *testing.T) {
	t.Parallel()
	for status, reason := range map[string]error{
		StatusPublishing: ErrStreaming, StatusForceBlock: ErrForceBlocked, StatusBlock: ErrTurnedOff, StatusReserved: ErrScheduled,
	} {
		s := startService(t)
		id := s.add(1, object{"type": "VOD"})[0]
		s.before["DELETE /vod/channels/{id}"] = func(id string) { s.channels[id]["channelStatus"] = status }
		err := s.VOD2LIVE.Delete(ctx, id, DeleteOptions{})
		if wantKind(t, err, apierror.Conflict); !errors.Is(err, reason) {
			t.Errorf("%s: %v", status, err)
		}
		s.wantWrites("DELETE /vod/channels/{id}")
	}
}

func TestStreamThatComesInBeforeADeletionTurnsTheChannelOffAgain(t *testing.T) {
	t.Parallel()
	for name, when := range map[string]string{"with the turning on": "GET ", "just before the deletion": "DELETE "} {
		for _, kind := range []func(*service) *Channels{general, vod2live} {
			for _, force := range []bool{false, true} {
				s := startService(t)
				k := kind(s)
				path := "/" + strings.Join(k.at("{id}"), "/")
				id := s.add(1, map[bool]object{true: {"type": "VOD", "channelStatus": StatusBlock}, false: {"channelStatus": StatusBlock}}[k.vod])[0]
				on := false
				s.before["PUT "+path+"/on"] = func(string) { on = true }
				s.before[when+path] = func(id string) {
					if on && s.channels[id]["channelStatus"] == StatusReady {
						s.channels[id]["channelStatus"] = StatusPublishing
					}
				}
				err := k.Delete(ctx, id, DeleteOptions{CutStream: force, DeleteSchedules: force})
				if !errors.Is(err, ErrStreamCameIn) || !errors.Is(err, ErrStreaming) {
					t.Errorf("%s: %v", name, err)
				}
				wantText(t, err.Error(), "it is turned off again")
				if status := s.get(id, "channelStatus"); status != StatusBlock {
					t.Errorf("%s: the %s is left %s", name, k.noun, status)
				}
				if n, want := s.count("PUT "+path+"/on"), map[bool]int{false: 1, true: forcedAttempts}[force]; n != want {
					t.Errorf("%s: turned on %d times, want %d", name, n, want)
				}
			}
		}
	}
}

func TestChannelIsTurnedOffAgainIfItsDeletionFails(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"refused":   `{"error":{"errorCode":250010,"message":"no permission"}}`,
		"not ready": `{"error":{"errorCode":250005,"message":"channel not available."}}`,
		"lost":      `<html>`,
	} {
		s := startService(t)
		id := s.add(1, object{"channelStatus": StatusBlock})[0]
		s.answers["DELETE /channels/{id}"] = func() (int, string) { s.channels[id]["channelStatus"] = StatusReady; return 500, answer }
		if err := s.General.Delete(ctx, id, DeleteOptions{}); err == nil || errors.Is(err, ErrStreamCameIn) {
			t.Errorf("%s: %v", name, err)
		}
		if status := s.get(id, "channelStatus"); status != StatusBlock {
			t.Errorf("%s: the channel is left %s", name, status)
		}
	}
	// Also where the caller gave up meanwhile.
	s := startService(t)
	id := s.add(1, object{"channelStatus": StatusBlock})[0]
	ctx, cancel := context.WithCancel(ctx)
	s.before["PUT /channels/{id}/on"] = func(string) { cancel() }
	if err := s.General.Delete(ctx, id, DeleteOptions{}); err == nil {
		t.Error("it was deleted after its caller gave up")
	}
	if status := s.get(id, "channelStatus"); status != StatusBlock {
		t.Errorf("the channel is left %s", status)
	}
}

func TestVODChannelWithASchedule(t *testing.T) {
	t.Parallel()
	for _, status := range []string{StatusReserved, StatusPublishing, StatusBlock} {
		s := startService(t)
		id := s.add(1, object{"type": "VOD", "channelStatus": status})[0]
		schedule := s.addSchedule(s.channels[id], time.Now().Add(time.Hour))
		err := s.VOD2LIVE.Delete(ctx, id, DeleteOptions{})
		if !errors.Is(err, ErrScheduled) && !errors.Is(err, ErrStreaming) {
			t.Errorf("%s: %v", status, err)
		}
		if status != StatusPublishing {
			wantText(t, err.Error(), fmt.Sprint(schedule["scheduleId"]))
		}
		s.wantWrites()
		if err := s.VOD2LIVE.Delete(ctx, id, forced); err != nil || s.get(id, "channelStatus") != StatusDeleted || schedule["status"] != StatusDeleted {
			t.Errorf("%s: %v; the channel is %s, its schedule %s", status, err, s.get(id, "channelStatus"), schedule["status"])
		}
	}
	s := startService(t)
	id := s.add(1, object{"type": "VOD"})[0]
	s.addSchedule(s.channels[id], time.Now())["status"] = ScheduleFinish
	if _, err := s.VOD2LIVE.TurnOff(ctx, id, true); !errors.Is(err, ErrNothingOn) {
		t.Error(err)
	}
	if err := s.VOD2LIVE.Delete(ctx, id, DeleteOptions{}); err != nil {
		t.Error(err)
	}
	s.wantWrites("DELETE /vod/channels/{id}")
	id = s.add(1, object{"type": "VOD", "channelStatus": StatusReserved})[0] // whose schedule the service does not tell
	if err := s.VOD2LIVE.Delete(ctx, id, DeleteOptions{}); !errors.Is(err, ErrScheduled) {
		t.Error(err)
	}
	if err := s.VOD2LIVE.Delete(ctx, id, forced); err != nil {
		t.Error(err)
	}
}

func TestDeletionThatMayEndSchedulesCutsNoStream(t *testing.T) {
	t.Parallel()
	for status, told := range map[string]bool{StatusReserved: true, StatusPublishing: true, "RESERVED, and the schedule is not told": false} {
		s := startService(t)
		id, _ := s.reserved(start8)
		if !told {
			s.before["PUT /vod/channels/{id}/off"] = func(string) { t.Error("it was turned off") }
			looks := 0
			s.shown = func(c object) {
				if delete(c, "scheduleList"); looks > 0 { // the show begins meanwhile
					c["channelStatus"] = StatusPublishing
				}
				looks++
			}
		} else {
			s.set(id, "channelStatus", status)
		}
		err := s.VOD2LIVE.Delete(ctx, id, DeleteOptions{DeleteSchedules: true})
		if status == StatusReserved && (err != nil || s.get(id, "channelStatus") != StatusDeleted) || status != StatusReserved && !errors.Is(err, ErrStreaming) {
			t.Errorf("%s: %v", status, err)
		}
	}
}
