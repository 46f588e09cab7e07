package simulator

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxContents is how many curtain contents an account may have.
const maxContents = 10

// StatusProcessingFail is the status of a curtain content that could not be made.
const StatusProcessingFail = "PROCESSING_FAIL"

// CurtainContent is what a curtain shows.
type CurtainContent struct {
	ID           int64
	Status       string
	Inputs       []ContentInput
	FileSize     int64 // bytes
	FileDuration int64 // seconds
	RegisterTime time.Time
	UpdatedTime  time.Time
}

// ContentInput is one source file of a curtain content; FilePath begins with a slash.
type ContentInput struct {
	BucketName string
	FilePath   string
}

type contentRecord struct {
	CurtainContent
	pending pending
	fails   bool
}

func (r *contentRecord) copy() CurtainContent {
	c := r.CurtainContent
	c.Inputs = slices.Clone(c.Inputs)
	return c
}

// AddCurtainContent makes a curtain content, READY unless told otherwise, and gives its id.
func (s *Simulator) AddCurtainContent(spec CurtainContent) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addContent(spec)
}

func (s *Simulator) addContent(spec CurtainContent) int64 {
	if spec.Status == "" {
		spec.Status = StatusReady
	}
	if len(spec.Inputs) == 0 {
		spec.Inputs = []ContentInput{{"media-bkt", "/curtain/notice.png"}}
	}
	r := s.newContent(spec)
	if r.Status == StatusReady {
		r.finish(r.RegisterTime)
	}
	return r.ID
}

func (s *Simulator) newContent(spec CurtainContent) *contentRecord {
	if spec.ID == 0 {
		spec.ID = s.nextNumber()
	}
	spec.Inputs = slices.Clone(spec.Inputs)
	spec.RegisterTime, spec.UpdatedTime = s.now(), s.now()
	r := &contentRecord{CurtainContent: spec}
	s.contents = append(s.contents, r)
	return r
}

func (r *contentRecord) finish(now time.Time) {
	r.Status, r.FileSize, r.FileDuration, r.UpdatedTime = StatusReady, 1843200, 300, now
}

// CurtainContents lists all curtain contents, deleted ones too, oldest first.
func (s *Simulator) CurtainContents() []CurtainContent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []CurtainContent
	for _, r := range s.contents {
		all = append(all, r.copy())
	}
	return all
}

// EditCurtainContent changes a content behind the back of the API. edit must not call the Simulator.
func (s *Simulator) EditCurtainContent(id int64, edit func(*CurtainContent)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.contentByID(id)
	if r == nil {
		return fmt.Errorf("no curtain content %d", id)
	}
	edit(&r.CurtainContent)
	return nil
}

// RemoveCurtainContent makes a content vanish without a trace.
func (s *Simulator) RemoveCurtainContent(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.contents = slices.DeleteFunc(s.contents, func(r *contentRecord) bool { return r.ID == id })
}

// FailProcessingOf lets every content that is made from this file path from now on end in PROCESSING_FAIL.
func (s *Simulator) FailProcessingOf(filePath string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failPaths[filePath] = true
}

func (s *Simulator) contentByID(id int64) *contentRecord {
	for _, r := range s.contents {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// settleContent finishes a creation whose time has come, for someone who only looks.
func (s *Simulator) settleContent(r *contentRecord) {
	if r.Status == StatusCreating && r.pending.over(s.now()) {
		s.endCreation(r)
	}
}

func (s *Simulator) endCreation(r *contentRecord) {
	if r.fails {
		r.Status, r.UpdatedTime = StatusProcessingFail, s.now()
	} else {
		r.finish(s.now())
	}
}

func (s *Simulator) createContent(c *call) answer {
	f := readFields(c.body, "content")
	var inputs []ContentInput
	for i, raw := range f.list("content") {
		f.child(raw, "content", i, []string{"bucketName", "filePath"}, func(t *fields) {
			in := ContentInput{t.text("bucketName"), t.text("filePath")}
			if t.fault == nil && !strings.HasPrefix(in.FilePath, "/") {
				t.fail(badValue, "filePath", "it begins with /")
			}
			inputs = append(inputs, in)
		})
	}
	if f.fault == nil {
		if why := unfitInputs(inputs); why != "" {
			f.fail(badValue, "content", why)
		}
	}
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	exist := 0
	for _, r := range s.contents {
		if r.Status != StatusDeleted {
			exist++
		}
	}
	if exist >= maxContents {
		return s.refuse(codeCustom, "Up to 10 curtain contents can be created.", "10 contents exist")
	}

	r := s.newContent(CurtainContent{Status: StatusCreating, Inputs: inputs})
	r.pending = s.newPending(s.on(QuirkContentSlow))
	r.fails = slices.ContainsFunc(inputs, func(in ContentInput) bool { return s.failPaths[in.FilePath] })
	if s.on(QuirkContentCreateOnlyID) {
		return s.content(object{"id": r.ID})
	}
	return s.content(s.showContent(r))
}

// unfitInputs gives the reason why files do not make a curtain: one image, one image and one audio, or 1-10 videos do.
func unfitInputs(inputs []ContentInput) string {
	var images, videos, audios int
	for _, in := range inputs {
		switch strings.ToLower(path.Ext(in.FilePath)) {
		case ".png", ".jpg", ".jpeg":
			images++
		case ".mp4":
			videos++
		case ".aac", ".mp3", ".m4a":
			audios++
		default:
			return "the file type of " + in.FilePath + " is not supported"
		}
	}
	switch {
	case len(inputs) == 0:
		return "no file"
	case videos > 10:
		return "more than 10 videos"
	case videos > 0 && images+audios > 0:
		return "videos do not mix with images or audio"
	case videos == 0 && images == 0:
		return "audio alone is not supported"
	case images > 1 || audios > 1:
		return "one image and one audio at most"
	}
	return ""
}

func (s *Simulator) findContent(c *call) (*contentRecord, answer) {
	id, err := strconv.ParseInt(c.params["content"], 10, 64)
	if err != nil {
		return nil, s.refuse(codeParamType, "Invalid parameter type contentId", "the content id is not a number")
	}
	r := s.contentByID(id)
	if r == nil {
		return nil, s.notFound("curtain content")
	}
	return r, answer{}
}

func (s *Simulator) getContent(c *call) answer {
	r, refusal := s.findContent(c)
	if r == nil {
		return refusal
	}
	if r.Status == StatusDeleted && s.on(QuirkContentGoneAfterDelete) {
		return s.notFound("curtain content")
	}
	if r.Status == StatusCreating && r.pending.read(s.now()) {
		s.endCreation(r)
	}
	return s.content(s.showContent(r))
}

func (s *Simulator) listContents(c *call) answer {
	if want := c.query.Get("status"); c.query.Has("status") &&
		!slices.Contains([]string{StatusCreating, StatusReady, StatusProcessingFail, StatusDeleted}, want) {
		return s.refuse(codeInvalidFormat, "status: invalid value.", "no such status to filter by")
	}
	var items []object
	for _, r := range slices.Backward(s.contents) {
		s.settleContent(r)
		gone := r.Status == StatusDeleted
		if gone && s.on(QuirkContentGoneAfterDelete) ||
			gone && !c.query.Has("status") && !s.on(QuirkContentListShowsDeleted) || !keep(c, "status", r.Status) {
			continue
		}
		items = append(items, s.showContent(r))
	}
	return page(s, c, items, 0)
}

func (s *Simulator) deleteContent(c *call) answer {
	r, refusal := s.findContent(c)
	if r == nil {
		return refusal
	}
	if r.Status == StatusDeleted {
		return s.notFound("curtain content")
	}
	if s.on(QuirkContentInUseRefused) {
		s.settleCurtains()
		for _, curtain := range s.curtains {
			if curtain.On() && slices.Contains(curtain.ContentIDs, r.ID) {
				return s.notAvailable("curtain content", "a running curtain shows it")
			}
		}
	}
	r.Status, r.UpdatedTime = StatusDeleted, s.now()
	return s.content(s.showContent(r))
}

// showContent prints a curtain content (API reference 3.4).
func (s *Simulator) showContent(r *contentRecord) object {
	inputs := make([]string, len(r.Inputs))
	for i, in := range r.Inputs {
		inputs[i] = in.BucketName + in.FilePath
	}
	o := object{
		"id": r.ID, "registerTime": r.RegisterTime.UnixMilli(), "updatedTime": r.UpdatedTime.UnixMilli(),
		"status": r.Status, "input": inputs,
	}
	s.optional(o, "fileSize", r.FileSize, r.FileSize > 0)
	s.optional(o, "fileDuration", r.FileDuration, r.FileDuration > 0)
	return o
}
