package prism

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// User is the user to whom the access token belongs [b2bpls-user].
type User struct {
	UserID           lenientjson.String `json:"userId"`
	UserName         lenientjson.String `json:"userName"`
	ProfileThumbnail lenientjson.String `json:"profileThumbnail"` // URL
}

// User reads the token's user. In older editions the members are directly in data.
func (c *Client) User(ctx context.Context) (*User, error) {
	got, err := c.call(ctx, operation{words: "read the user of the access token", method: http.MethodGet, path: []string{"user"}})
	if err != nil {
		return nil, goneAs(err, apierror.Unreadable) // Only a wrong address has no such call.
	}
	for _, body := range []lenientjson.Part{got.data, got.root} {
		var nested struct {
			User *User `json:"user"`
		}
		flat := new(User)
		if len(body) == 0 || json.Unmarshal(body, &nested) != nil || json.Unmarshal(body, flat) != nil {
			continue
		}
		if nested.User != nil && nested.User.UserID != "" {
			return nested.User, nil
		}
		if flat.UserID != "" {
			return flat, nil
		}
	}
	return nil, got.unreadable(fmt.Errorf("it holds no userId"))
}

// expectedUser records whether the token's user is the expected one.
type expectedUser struct {
	mu      sync.Mutex
	known   bool
	refusal error // nil if it is
}

// checkUser checks, once, that the token belongs to the expected user. With another user nothing is written, and nothing counts as gone.
func (c *Client) checkUser(ctx context.Context) error {
	expected := c.config.ExpectedUserID
	if expected == "" {
		return nil
	}
	c.user.mu.Lock()
	defer c.user.mu.Unlock()
	if c.user.known {
		return c.user.refusal
	}
	user, err := c.User(ctx)
	if err != nil {
		return err
	}
	c.user.known = true
	if string(user.UserID) != expected {
		c.user.refusal = &apierror.Error{
			Service: serviceName, Operation: "act for user " + quote(expected), Kind: apierror.Unauthorised,
			Message: fmt.Sprintf("the access token belongs to user %s, and `prism.expected_user_id` allows only %s; nothing was written, and what this user cannot see is not taken for gone. "+
				"Hand in a token of that user, or set `prism.expected_user_id` (PRISM_EXPECTED_USER_ID) to whom it belongs",
				quote(c.http.Clean(string(user.UserID))), quote(expected)),
		}
	}
	return c.user.refusal
}

func quote(text string) string { return fmt.Sprintf("%q", text) }
