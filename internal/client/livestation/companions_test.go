package livestation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

var (
	oneFile  = []ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/notice.png"}}
	twoFiles = []ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/notice.png"}, {BucketName: "media-bkt", FilePath: "/curtain/notice.mp3"}}
)

func (w *world) keptContents() []simulator.CurtainContent {
	return slices.DeleteFunc(w.CurtainContents(), func(content simulator.CurtainContent) bool { return content.Status == ContentDeleted })
}

// CurtainContents are the contents that the simulator has; those of the client are read by w.Client.
func (w *world) CurtainContents() []simulator.CurtainContent { return w.Simulator.CurtainContents() }

func TestContentIsMadeReadAndDeletedUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectContent) {
		w := start(t, simulator.WithQuirks(quirk.Name))
		id, found, err := w.CreateCurtainContent(ctx, twoFiles)
		if err != nil || found {
			t.Errorf("%s: %v, %v", quirk.Name, found, err)
			continue
		}
		content, err := w.WaitForCurtainContent(ctx, id)
		if err != nil || content.ID.Value != id || content.Status != ContentReady || content.FileSize.Value != 1843200 || content.FileDuration.Value != 300 ||
			len(content.Input) != 2 || content.Input[1] != "media-bkt/curtain/notice.mp3" || time.Since(content.RegisterTime.Time).Abs() > time.Minute {
			t.Errorf("%s: got %+v, %v", quirk.Name, content, err)
		}
		if err := w.DeleteCurtainContent(ctx, id); err != nil {
			t.Errorf("%s: %v", quirk.Name, err)
		}
		if err := w.DeleteCurtainContent(ctx, id); err != nil {
			t.Errorf("%s: deleted once more: %v", quirk.Name, err)
		}
		_, err = w.CurtainContent(ctx, id)
		wantKind(t, err, apierror.Gone)
		if left := w.keptContents(); len(left) > 0 {
			t.Errorf("%s: left are %+v", quirk.Name, left)
		}
		w.wantCount("content.create", 1)
	}
}

func TestContentThatFailedProcessingIsAnErrorAndReadable(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.WithCreation(0, 1))
	w.FailProcessingOf(oneFile[0].FilePath)
	id, _, err := w.CreateCurtainContent(ctx, oneFile)
	if err != nil {
		t.Fatal(err)
	}
	content, err := w.WaitForCurtainContent(ctx, id)
	if !errors.Is(err, ErrProcessingFailed) || content == nil || content.Status != ContentProcessingFail {
		t.Errorf("got %+v, %v", content, err)
	}
	wantText(t, wantKind(t, err, apierror.Refused), "PROCESSING_FAIL", fmt.Sprint(id))
	w.wantRoutes("content.create", "content.get", "content.get")
}

func TestWaitForAContentEndsWithTheCallersTime(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.WithCreation(time.Hour, 0))
	id, _, err := w.CreateCurtainContent(ctx, oneFile)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	content, err := w.WaitForCurtainContent(ctx, id)
	wantText(t, wantKind(t, err, apierror.NotYet), fmt.Sprint(id), ContentCreating)
	if content == nil || content.Status != ContentCreating {
		t.Errorf("got %+v", content)
	}
}

func TestLostContentIsFoundByItsFilesAndTime(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			mine := []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/notice.mp3"}, {BucketName: "media-bkt", FilePath: "/curtain/notice.png"}}
			old := w.AddCurtainContent(simulator.CurtainContent{Inputs: mine})
			if err := w.EditCurtainContent(old, func(content *simulator.CurtainContent) { content.RegisterTime = content.RegisterTime.Add(-time.Minute) }); err != nil {
				t.Fatal(err)
			}
			w.AddCurtainContent(simulator.CurtainContent{Inputs: mine, Status: ContentDeleted})
			w.AddCurtainContent(simulator.CurtainContent{})
			// Neither Ctrl-C in the middle of it loses the content.
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			fault.Route, fault.Do = "content.create", func(*simulator.Simulator) { cancel() }
			w.Inject(fault)
			id, found, err := w.CreateCurtainContent(ctx, twoFiles)
			contents := w.CurtainContents()
			if err != nil || !found || id != contents[len(contents)-1].ID {
				t.Errorf("got %d, %v, %v; the contents are %+v", id, found, err, contents)
			}
			w.wantCount("content.create", 1)
		})
	}
}

func TestContentThatWasNotMadeIsLostAfterOneWrite(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "content.create", Kind: simulator.FaultReset})
	_, _, err := w.CreateCurtainContent(ctx, oneFile)
	wantText(t, wantKind(t, err, apierror.Lost), "create a curtain content")
	wantText(t, err.Error(), "no content of these sources was created since")
	w.wantRoutes("content.create", "content.list", "content.list", "content.list")
}

func TestLostContentsOfOneProcessAreDistinguished(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "content.create", Kind: simulator.FaultReset, AfterEffect: true})
	seen := map[int64]bool{}
	for range 3 {
		id, found, err := w.CreateCurtainContent(ctx, oneFile)
		if err != nil || !found || seen[id] {
			t.Errorf("got %d, %v, %v after %v", id, found, err, seen)
		}
		seen[id] = true
	}
	w.wantCount("content.create", 3)
}

func TestContentsOfOthersAreNotAdopted(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "content.create", Kind: simulator.FaultReset, AfterEffect: true, Do: func(s *simulator.Simulator) { s.AddCurtainContent(simulator.CurtainContent{}) }})
	_, _, err := w.CreateCurtainContent(ctx, oneFile)
	wantKind(t, err, apierror.Lost)
	wantText(t, err.Error(), "more than one content of these sources", "cannot be told")
}

func TestContentRefusalsAreOfTheirKind(t *testing.T) {
	t.Parallel()
	w := start(t)
	_, _, err := w.CreateCurtainContent(ctx, []ContentInput{{BucketName: "b", FilePath: "/a.mp3"}})
	wantText(t, wantKind(t, err, apierror.Refused), "250002")
	for range MaxCurtainContents {
		w.AddCurtainContent(simulator.CurtainContent{})
	}
	_, _, err = w.CreateCurtainContent(ctx, oneFile)
	wantText(t, wantKind(t, err, apierror.Conflict), "Up to 10 curtain contents", "250001")
	_, err = w.CurtainContent(ctx, 999999)
	wantKind(t, err, apierror.Gone)
	w.wantRoutes("content.create", "content.create", "content.get")
}

func TestContentsAreReadOverAllPagesByID(t *testing.T) {
	t.Parallel()
	for _, missing := range []bool{false, true} {
		w := start(t)
		w.SetQuirk(simulator.QuirkTotalMissing, missing)
		for i := range 205 {
			status := []string{ContentReady, ContentDeleted}[i%2]
			w.AddCurtainContent(simulator.CurtainContent{ID: int64(1000 - i), Status: status})
		}
		for status, want := range map[string]int{"": 103, ContentReady: 103, ContentDeleted: 102, ContentCreating: 0} {
			contents, err := w.Client.CurtainContents(ctx, status)
			if err != nil || len(contents) != want {
				t.Errorf("%q: got %d contents, %v, want %d", status, len(contents), err, want)
			}
			if !slices.IsSortedFunc(contents, func(a, b *CurtainContent) int { return int(a.ID.Value - b.ID.Value) }) {
				t.Errorf("%q: not by id", status)
			}
		}
	}
}

// A service that does not filter is filtered here.
func TestContentsAreFilteredHereToo(t *testing.T) {
	t.Parallel()
	client := said(t, 200, nil, `{"content":[{"id":2,"status":"READY"},{"id":"1","status":"PROCESSING_FAIL"},{"id":3,"status":"DELETED"}],"total":3}`)
	for status, want := range map[string][]int64{"": {1, 2}, ContentReady: {2}, ContentProcessingFail: {1}, ContentDeleted: {3}, ContentCreating: nil} {
		contents, err := client.CurtainContents(ctx, status)
		var ids []int64
		for _, content := range contents {
			ids = append(ids, content.ID.Value)
		}
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("%q: got %v, %v, want %v", status, ids, err, want)
		}
	}
}

func TestContentInUseIsAConflict(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.WithQuirks(simulator.QuirkContentInUseRefused))
	channel, input := w.stage()
	w.mustInsert(channel, input)
	wantKind(t, w.DeleteCurtainContent(ctx, input.ContentIDs[0]), apierror.Conflict)
	w.wantRoutes("content.delete", "content.get")
	w.EndCurtain(channel)
	if err := w.DeleteCurtainContent(ctx, input.ContentIDs[0]); err != nil {
		t.Error(err)
	}
}

func TestLostContentDeletionIsSuccessOnlyIfConfirmed(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, gone := range []bool{false, true} {
				w := start(t)
				w.SetQuirk(simulator.QuirkContentGoneAfterDelete, gone)
				id := w.AddCurtainContent(simulator.CurtainContent{})
				fault.Route = "content.delete"
				w.Inject(fault)
				if err := w.DeleteCurtainContent(ctx, id); err != nil {
					t.Error(err)
				}
				w.wantRoutes("content.delete", "content.get")
			}
		})
	}
	w := start(t)
	id := w.AddCurtainContent(simulator.CurtainContent{})
	w.Inject(simulator.Fault{Route: "content.delete", Kind: simulator.FaultReset})
	wantKind(t, w.DeleteCurtainContent(ctx, id), apierror.Lost)
	w.wantRoutes("content.delete", "content.get")
}

func TestAnswersWithoutAContentAreErrors(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `[]`, `{"content":"text"}`, `{"content":[]}`, `{"content":{}}`, `<html>`, ``} {
		client := said(t, 200, nil, body)
		if _, err := client.CurtainContent(ctx, 1); apierror.Is(err, apierror.Gone) || err == nil {
			t.Errorf("%q: read gives %v", body, err)
		}
		if _, _, err := client.CreateCurtainContent(ctx, oneFile); !apierror.Is(err, apierror.Lost) {
			t.Errorf("%q: create gives %v", body, err)
		}
	}
}

func TestEventsAreSortedNewestFirst(t *testing.T) {
	t.Parallel()
	const body = `{"content":[{"eventCode":"B","timestamp":2000},{"eventCode":"D","timestamp":"4000","logLevel":"ERROR","description":"d"},{"eventCode":"A","timestamp":null},{"eventCode":"C","timestamp":2000}],"total":4}`
	for name, list := range map[string]func(*Client) ([]Event, error){
		"events":      func(c *Client) ([]Event, error) { return c.RestreamEvents(ctx, "ls-1") },
		"publish log": func(c *Client) ([]Event, error) { return c.RestreamPublishLog(ctx, "ls-1") },
	} {
		events, err := list(said(t, 200, nil, body))
		var codes []string
		for _, event := range events {
			codes = append(codes, string(event.EventCode))
		}
		if err != nil || strings.Join(codes, "") != "DBCA" {
			t.Errorf("%s: got %v, %v", name, codes, err)
			continue
		}
		if newest := events[0]; newest.LogLevel != "ERROR" || newest.Description != "d" || newest.Timestamp.UnixMilli() != 4000 || !events[3].Timestamp.IsZero() {
			t.Errorf("%s: got %+v", name, events)
		}
		for body, want := range map[string]apierror.Kind{
			`{"content":[{"eventCode":{}}]}`: apierror.Unreadable, `<html>`: apierror.Unreadable, `{"content":{"a":1}}`: apierror.Unreadable,
			`{"error":{"errorCode":250004,"message":"channel not found."}}`: apierror.Gone,
		} {
			_, err := list(said(t, 200, nil, body))
			wantKind(t, err, want)
		}
		for _, body := range []string{`{"content":[],"total":0}`, `{"content":[]}`} {
			if events, err := list(said(t, 200, nil, body)); err != nil || len(events) > 0 {
				t.Errorf("%s: %s: got %v, %v", name, body, events, err)
			}
		}
	}
}

func TestEventsCostOneRequestEach(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.AddRestreamChannel(simulator.RestreamChannel{Status: simulator.StatusPublishing})
	all, err := w.RestreamEvents(ctx, id)
	published, logErr := w.RestreamPublishLog(ctx, id)
	if err != nil || logErr != nil || len(all) != 1 || len(published) != 1 || published[0].EventCode != "PUBLISH_START" {
		t.Errorf("got %v, %v; %v, %v", all, err, published, logErr)
	}
	w.wantRoutes("restream.events", "restream.publish_log")
}

func TestGeneralChannelIsReadInEveryEdition(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"newer": `{"content":{"channelId":"ls-1","instanceNo":4711,"channelStatus":"PUBLISHING","recentPublishTime":1767291000000,"createdTime":1767291042123,"useDvr":true,"timemachineMin":60}}`,
		"older": `{"content":{"channelId":"ls-1","instanceNo":"4711","channelStatus":"PUBLISH","recentPublishStartTime":1767291000000,"createdTime":"1767291042123","useDVR":"true","timemachineMin":"60"}}`,
	} {
		channel, err := said(t, 200, nil, body).Channel(ctx, "ls-1")
		if err != nil || channel.InstanceNo != "4711" || !channel.Publishing() || channel.RecentPublish().UnixMilli() != 1767291000000 ||
			channel.CreatedTime.UnixMilli() != 1767291042123 || !channel.UseDVR.Value || channel.TimemachineMin.Value != 60 || channel.IsLiveCurtain.Valid {
			t.Errorf("%s: got %+v, %v", name, channel, err)
		}
	}
	for body, want := range map[string]apierror.Kind{
		`{"content":{"channelId":"ls-1","channelStatus":"DELETED"}}`: apierror.Gone, `{"content":{"channelId":"ls-1","channelStatus":"FORCE_DELETED"}}`: apierror.Gone,
		`{"content":{}}`: apierror.Unreadable, `{"content":{"channelName":"n"}}`: apierror.Unreadable, `{"content":{"channelId":{}}}`: apierror.Unreadable,
	} {
		_, err := said(t, 200, nil, body).Channel(ctx, "ls-1")
		wantKind(t, err, want)
	}
}

// The keys of a channel that was read are secrets from then on.
func TestKeysOfAGeneralChannelAreHidden(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.AddGeneralChannel(simulator.GeneralChannel{StreamKey: "key-that-nobody-sees"})
	if _, err := w.Channel(ctx, id); err != nil {
		t.Fatal(err)
	}
	w.Inject(simulator.Fault{Route: "channel.get", Status: 400, Body: `{"error":{"errorCode":250001,"message":"key-that-nobody-sees is in use"}}`})
	_, err := w.Channel(ctx, id)
	wantText(t, err.Error(), "in use")
	wantNone(t, err.Error()+w.log.String(), "key-that-nobody-sees")
}
