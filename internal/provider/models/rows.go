package models

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// Rows are the objects in a list of a data source that may be long. Terraform's values take many times the memory of what they are made
// from, so the protocol server makes each only when it is written.
type Rows struct {
	// Attribute is the name of the list.
	Attribute string
	Count     int
	// Row returns a pointer to the struct of a row, as Set takes it.
	Row func(i int) any

	list  tftypes.List
	state tftypes.Type
}

type rowsKey struct{}

// DeferRows returns a context in which SetRows leaves the list empty, and the rows that it then leaves to Fill.
func DeferRows(ctx context.Context) (context.Context, *Rows) {
	deferred := &Rows{}
	return context.WithValue(ctx, rowsKey{}, deferred), deferred
}

// SetRows is Set for a data source with a long list: source has all other attributes, and rows go into the list.
func SetRows(ctx context.Context, state *tfsdk.State, source any, rows Rows) diag.Diagnostics {
	rows.state = state.Raw.Type()
	object, _ := rows.state.(tftypes.Object)
	var isList bool
	if rows.list, isList = object.AttributeTypes[rows.Attribute].(tftypes.List); !isList {
		return mismatch(path.Root(rows.Attribute), "it is no list")
	}
	members, diags := membersOf(ctx, source)
	if diags.HasError() {
		return diags
	}
	values := []tftypes.Value{}
	if deferred, ok := ctx.Value(rowsKey{}).(*Rows); ok {
		*deferred = rows
	} else {
		values = make([]tftypes.Value, rows.Count)
		for i := range values {
			values[i] = tftypes.NewValue(rows.list.ElementType, nil)
			if diags := Set(ctx, &values[i], rows.Row(i)); diags.HasError() {
				return diags
			}
		}
	}
	members[rows.Attribute] = tftypes.NewValue(rows.list, values)
	return setMembers(&state.Raw, members)
}

// Fill returns the encoded state with the rows in its list.
func (r *Rows) Fill(ctx context.Context, state *tfprotov6.DynamicValue) (*tfprotov6.DynamicValue, error) {
	decoded, err := state.Unmarshal(r.state)
	if err != nil {
		return nil, err
	}
	var members map[string]tftypes.Value
	if err := decoded.As(&members); err != nil {
		return nil, err
	}
	var message bytes.Buffer
	encoder := msgpack.NewEncoder(&message)
	err = encoder.EncodeMapLen(len(members))
	for _, name := range slices.Sorted(maps.Keys(members)) {
		err = errors.Join(err, encoder.EncodeString(name))
		if name == r.Attribute {
			err = errors.Join(err, r.write(ctx, encoder, &message))
		} else {
			err = errors.Join(err, write(&message, members[name]))
		}
	}
	return &tfprotov6.DynamicValue{MsgPack: message.Bytes()}, err
}

// maxGrowth bounds the buffer that is reserved, in bytes: an answer of a service is no longer.
const maxGrowth = 8 << 20

func (r *Rows) write(ctx context.Context, encoder *msgpack.Encoder, message *bytes.Buffer) error {
	if err := encoder.EncodeArrayLen(r.Count); err != nil {
		return err
	}
	before := message.Len()
	for i := range r.Count {
		batch.CollectGarbage(i, r.Count)
		row := tftypes.NewValue(r.list.ElementType, nil)
		if diags := Set(ctx, &row, r.Row(i)); diags.HasError() {
			return fmt.Errorf("%s %d: %s", r.Attribute, i, diags[0].Detail())
		}
		if err := write(message, row); err != nil {
			return err
		}
		if i == 0 {
			// The others are usually about as long as the first.
			message.Grow(min((message.Len()-before)*r.Count*9/8, maxGrowth))
		}
	}
	batch.CollectGarbage(r.Count, r.Count)
	return nil
}

func write(message *bytes.Buffer, value tftypes.Value) error {
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	message.Write(encoded.MsgPack)
	return err
}
