package livestation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Statuses of a curtain content [media-livestation-curtaincontent-curtaincontentinfo].
const (
	ContentCreating       = "CREATING"
	ContentReady          = "READY"
	ContentProcessingFail = "PROCESSING_FAIL"
	ContentDeleted        = "DELETED"
)

// MaxCurtainContents is how many contents an account can have.
const MaxCurtainContents = 10

// CurtainContent is prepared material for a curtain, of which the service keeps a copy.
type CurtainContent struct {
	ID           lenientjson.Int    `json:"id"`
	Status       lenientjson.String `json:"status"`
	FileSize     lenientjson.Int    `json:"fileSize"`     // bytes
	FileDuration lenientjson.Int    `json:"fileDuration"` // seconds
	RegisterTime lenientjson.Millis `json:"registerTime"`
	UpdatedTime  lenientjson.Millis `json:"updatedTime"`
	// Input has "bucket/path" of each source.
	Input []lenientjson.String `json:"input"`
}

// ContentInput is one source of a content: an object in a bucket. FilePath begins with "/".
type ContentInput struct {
	BucketName string `json:"bucketName"`
	FilePath   string `json:"filePath"`
}

// ErrProcessingFailed is wrapped by the error for a content that the service could not make.
var ErrProcessingFailed = errors.New("the service could not process the sources")

// CreateCurtainContent makes a content and returns its id [media-livestation-curtaincontent-curtaincontentcreate]. found is
// true if the answer was lost and the content was found in the list instead; a Lost error says that it may exist.
func (c *Client) CreateCurtainContent(ctx context.Context, inputs []ContentInput) (id int64, found bool, err error) {
	op := operation{words: "create a curtain content", method: http.MethodPost, path: []string{"curtainContents"}, body: map[string]any{"content": inputs}}
	return c.createNumbered(ctx, op, contentPrefix, search{"content of these sources", listedLooks, func(ctx context.Context, since func() time.Time) (ids []string, err error) {
		contents, err := c.CurtainContents(ctx, "")
		for _, content := range contents {
			if content.answers(inputs) && !content.RegisterTime.Before(since()) && !c.remembered(contentKey(content.ID.Value)) {
				ids = append(ids, numbered(content.ID))
			}
		}
		return ids, err
	}})
}

// contentPrefix distinguishes the ids of contents from those of other objects that the client remembers.
const contentPrefix = "content "

func contentKey(id int64) string { return contentPrefix + strconv.FormatInt(id, 10) }

// WaitForCurtainContent waits until a new content is ready. If the service cannot make it, the error wraps ErrProcessingFailed. With an
// error, too, the content is returned as far as it is known.
func (c *Client) WaitForCurtainContent(ctx context.Context, id int64) (*CurtainContent, error) {
	var content *CurtainContent
	err := batch.Poll(ctx, c.config.PollInterval, c.config.PollInterval, func() (bool, error) {
		found, err := c.CurtainContent(ctx, id)
		if err != nil {
			return false, err
		}
		content = found
		if content.Status == ContentProcessingFail {
			return false, &apierror.Error{
				Service: serviceName, Operation: fmt.Sprintf("prepare curtain content %d", id), Kind: apierror.Refused, Err: ErrProcessingFailed,
				Message: "its status is PROCESSING_FAIL: the service could not process the sources",
			}
		}
		return content.Status == ContentReady, nil
	})
	if apierror.Stopped(err) {
		status := "not known"
		if content != nil {
			status = c.shown(Status(content.Status))
		}
		err = apierror.Waited(ctx, serviceName, fmt.Sprintf("see curtain content %d become ready", id), "its status was "+status, err)
	}
	return content, err
}

// CurtainContent reads one content. A deleted one, which the service may continue to show, is a Gone error.
func (c *Client) CurtainContent(ctx context.Context, id int64) (*CurtainContent, error) {
	op := operation{words: fmt.Sprintf("read curtain content %d", id), method: http.MethodGet, path: []string{"curtainContents", strconv.FormatInt(id, 10)}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	content, err := decode[CurtainContent](op, answer)
	switch {
	case err != nil:
		return nil, err
	case content.Status == ContentDeleted:
		return nil, gone(op, ContentDeleted)
	case !content.ID.Valid && content.Status == "":
		return nil, unreadable(op, fmt.Errorf("no id"))
	}
	return content, nil
}

// CurtainContents reads all pages of the contents of one status, or with "" of all that are not deleted, sorted by id.
func (c *Client) CurtainContents(ctx context.Context, status string) ([]*CurtainContent, error) {
	op := operation{words: "list curtain contents", method: http.MethodGet, path: []string{"curtainContents"}}
	if status != "" {
		op.query = url.Values{"status": {status}}
	}
	contents, err := pages(ctx, c, op, func(content *CurtainContent) string {
		if !content.ID.Valid {
			return ""
		}
		return contentKey(content.ID.Value)
	})
	contents = slices.DeleteFunc(contents, func(content *CurtainContent) bool {
		return string(content.Status) != status && (status != "" || content.Status == ContentDeleted)
	})
	sort.Slice(contents, func(i, j int) bool { return contents[i].ID.Value < contents[j].ID.Value })
	return contents, err
}

// DeleteCurtainContent deletes a content; one that is gone already is success.
func (c *Client) DeleteCurtainContent(ctx context.Context, id int64) error {
	op := operation{words: fmt.Sprintf("delete curtain content %d", id), method: http.MethodDelete, path: []string{"curtainContents", strconv.FormatInt(id, 10)}}
	_, err := c.call(ctx, op)
	switch {
	case apierror.Is(err, apierror.Gone):
		return nil
	case apierror.Is(err, apierror.Lost, apierror.Conflict):
		if _, lookErr := c.CurtainContent(ctx, id); apierror.Is(lookErr, apierror.Gone) {
			return nil
		}
	}
	return err
}
