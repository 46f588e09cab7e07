package livestation

import (
	"context"
	"reflect"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// refreshed reads an object for a refresh that asks for many of its kind, which share one list by id. See Channels.Refresh for known.
func refreshed[T any](ctx context.Context, reads *batch.Reads[*T, map[string]*T], id string, read func(context.Context, string) (*T, error),
	list func(context.Context) (map[string]*T, error), same func(one, other *T) bool, known func(*T) bool) (*T, error) {
	return reads.Get(ctx, "", id, batch.Source[*T, map[string]*T]{
		Read: read,
		List: list,
		Find: func(list map[string]*T, id string) (*T, bool) {
			object, ok := list[id]
			return object, ok
		},
		Same: same,
		Complete: func(_ map[string]*T, listed, sample *T) bool {
			if known != nil {
				return known(listed)
			}
			return noGaps(reflect.ValueOf(listed), reflect.ValueOf(sample))
		},
	})
}

// noGaps reports whether an object has every member that the sample has.
func noGaps(object, sample reflect.Value) bool {
	switch {
	case sample.IsZero():
		return true
	case object.IsZero():
		return false
	case sample.Kind() == reflect.Pointer:
		return noGaps(object.Elem(), sample.Elem())
	case sample.Kind() == reflect.Struct:
		for i := range sample.NumField() {
			if sample.Type().Field(i).IsExported() && !noGaps(object.Field(i), sample.Field(i)) {
				return false
			}
		}
	}
	return true
}

// invalidate discards shared answers. It is called before and after each write.
func (c *Client) invalidate() {
	c.refreshed.Invalidate()
	c.General.reads.Invalidate()
	c.VOD2LIVE.reads.Invalidate()
	c.profileReads.Invalidate()
	c.setReads.Invalidate()
}
