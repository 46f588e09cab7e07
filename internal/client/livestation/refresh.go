package livestation

import (
	"context"
	"reflect"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// refresher reads the objects of one kind for a refresh that asks for many of them, which share one list by id.
type refresher[T any] struct {
	reads *batch.Reads[*T, map[string]*T]
	read  func(ctx context.Context, id string) (*T, error)
	list  func(context.Context) (map[string]*T, error)
	// same compares two answers about an object, ignoring what changes on its own.
	same func(one, other *T) bool
}

// refresh reads one object. See Channels.Refresh for known.
func (r refresher[T]) refresh(ctx context.Context, id string, known func(*T) bool) (*T, error) {
	return r.reads.Get(ctx, "", id, batch.Source[*T, map[string]*T]{
		Read: r.read,
		List: r.list,
		Find: func(list map[string]*T, id string) (*T, bool) {
			object, ok := list[id]
			return object, ok
		},
		Same: r.same,
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
