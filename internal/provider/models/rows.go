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

// Rows are the objects in the list of a data source that may be long. As values of Terraform they take many times the memory of
// what they are made of, so the provider's server lets each be made only when it is written.
type Rows struct {
	// Attribute is the name of the list.
	Attribute string
	Count     int
	// Row returns a pointer to the struct of one, whose fields are as Set wants them.
	Row func(i int) any

	list  tftypes.List
	state tftypes.Type
}

type rowsKey struct{}

// Later returns a context in which SetRows leaves the list empty, and hands the rows over: Fill writes them.
func Later(ctx context.Context) (context.Context, *Rows) {
	later := &Rows{}
	return context.WithValue(ctx, rowsKey{}, later), later
}

// SetRows is Set for a data source: source has all attributes but the list, which gets the rows.
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
	if later, ok := ctx.Value(rowsKey{}).(*Rows); ok {
		*later = rows
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

// Fill returns the message of the same state with the rows in its list.
func (r *Rows) Fill(ctx context.Context, state *tfprotov6.DynamicValue) (*tfprotov6.DynamicValue, error) {
	whole, err := state.Unmarshal(r.state)
	if err != nil {
		return nil, err
	}
	var members map[string]tftypes.Value
	if err := whole.As(&members); err != nil {
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

// maxGrowth is as long as answers of a service may be, in bytes.
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
			// Others are about as long as the first, but for a service that has something in mind.
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
