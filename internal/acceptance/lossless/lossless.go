// Package lossless helps to show that a conversion loses nothing: it draws objects of the clients at random, and compares them
// with the models of the provider, member by member.
package lossless

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Draw draws an object of a client: each member is there or not, and texts are odd.
func Draw[T any](t *rapid.T, label string) T {
	var drawn T
	draw(t, label, reflect.ValueOf(&drawn).Elem())
	return drawn
}

// Text draws a text as a service may send it, "" too. It is NFC, as Terraform keeps texts, or it would not come back.
func Text() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "", "ls-1", "한글 이름", "\x1b[31mred\r\n", "a/b?c#d%2F", "rtmp://a.example.com/live", "***", "null", "0", "true", "\u202e", "🎬", " padded "}),
		rapid.StringMatching(`[ -~]{0,30}`),
	)
}

func draw(t *rapid.T, label string, value reflect.Value) {
	switch into := value.Addr().Interface().(type) {
	case *lenientjson.Int:
		if into.Valid = rapid.Bool().Draw(t, label+" is told"); into.Valid {
			into.Value = rapid.Int64().Draw(t, label)
		}
		return
	case *lenientjson.Bool:
		if into.Valid = rapid.Bool().Draw(t, label+" is told"); into.Valid {
			into.Value = rapid.Bool().Draw(t, label)
		}
		return
	case *lenientjson.Millis:
		if rapid.Bool().Draw(t, label+" is told") {
			into.Time = Moment().Draw(t, label)
		}
		return
	}
	switch value.Kind() {
	case reflect.String:
		value.SetString(Text().Draw(t, label))
	case reflect.Int64:
		value.SetInt(rapid.Int64().Draw(t, label))
	case reflect.Pointer:
		if rapid.Bool().Draw(t, label+" is told") {
			value.Set(reflect.New(value.Type().Elem()))
			draw(t, label, value.Elem())
		}
	case reflect.Struct:
		for i := range value.NumField() {
			draw(t, label+"."+value.Type().Field(i).Name, value.Field(i))
		}
	case reflect.Slice:
		count := rapid.IntRange(0, 4).Draw(t, "number of "+label)
		value.Set(reflect.MakeSlice(value.Type(), count, count))
		for i := range count {
			draw(t, fmt.Sprintf("%s[%d]", label, i), value.Index(i))
		}
	default:
		panic("no way to draw " + value.Type().String())
	}
}

// Moment draws a time of the years 1970 to 9999, in milliseconds.
func Moment() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		return time.UnixMilli(rapid.Int64Range(1, 253402300799999).Draw(t, "milliseconds")).UTC()
	})
}

// Names says how attributes are called whose name does not follow from the member's. "" is a member without an attribute.
type Names map[string]string

// Lost names the members of an object of a client that a model does not hold as they are. Models hold attributes as values of
// the framework, under the names of their tfsdk tags.
func Lost(object, model any, names Names) []string {
	attributes := map[string]reflect.Value{}
	collect(reflect.Indirect(reflect.ValueOf(model)), attributes)
	return lostAmong(object, attributes, names)
}

func lostAmong(object any, attributes map[string]reflect.Value, names Names) (lost []string) {
	from := reflect.Indirect(reflect.ValueOf(object))
	for i := range from.NumField() {
		member := from.Type().Field(i)
		name, renamed := names[member.Name]
		if !renamed {
			name = snake(member.Name)
		}
		if name == "" {
			continue
		}
		held, ok := attributes[name]
		if !ok {
			lost = append(lost, member.Name+": there is no attribute "+name)
			continue
		}
		lost = append(lost, differences(member.Name, from.Field(i), held, names)...)
	}
	return lost
}

func collect(model reflect.Value, into map[string]reflect.Value) {
	for i := range model.NumField() {
		field := model.Type().Field(i)
		if name := field.Tag.Get("tfsdk"); name != "" {
			into[name] = model.Field(i)
		} else if field.Anonymous {
			collect(model.Field(i), into)
		}
	}
}

// membersOf takes a nested object apart, which a model holds as a pointer to a struct or as an object of the framework.
func membersOf(held reflect.Value) (members map[string]reflect.Value, there bool) {
	members = map[string]reflect.Value{}
	if object, ok := held.Interface().(types.Object); ok {
		for name, value := range object.Attributes() {
			members[name] = reflect.ValueOf(value)
		}
		return members, !object.IsNull()
	}
	if held.IsNil() {
		return nil, false
	}
	collect(held.Elem(), members)
	return members, true
}

func differences(name string, said, held reflect.Value, names Names) (lost []string) {
	switch said.Kind() {
	case reflect.Pointer:
		if counted, ok := said.Interface().(*int64); ok {
			if got, ok := held.Interface().(types.Int64); !ok || !got.Equal(types.Int64PointerValue(counted)) {
				lost = append(lost, fmt.Sprintf("%s: is %v, want %v", name, held.Interface(), said.Interface()))
			}
			return lost
		}
		members, there := membersOf(held)
		if there == said.IsNil() {
			return []string{fmt.Sprintf("%s: is there %t, want %t", name, there, !said.IsNil())}
		}
		if there {
			for _, inner := range lostAmong(said.Interface(), members, names) {
				lost = append(lost, name+"."+inner)
			}
		}
		return lost
	case reflect.Slice:
		if said.Len() != held.Len() {
			return []string{fmt.Sprintf("%s: has %d members, want %d", name, held.Len(), said.Len())}
		}
		for i := range said.Len() {
			if said.Index(i).Kind() == reflect.Struct {
				lost = append(lost, Lost(said.Index(i).Interface(), held.Index(i).Interface(), names)...)
			} else if said.Index(i).String() != held.Index(i).String() {
				lost = append(lost, fmt.Sprintf("%s: member %d is %q, want %q", name, i, held.Index(i), said.Index(i)))
			}
		}
		return lost
	}
	got, ok := held.Interface().(attr.Value)
	if !ok {
		return []string{fmt.Sprintf("%s: %s is no value of the framework", name, held.Type())}
	}
	if want := meant(said); want != shown(got) {
		lost = append(lost, fmt.Sprintf("%s: is %s, want %s", name, shown(got), want))
	}
	return lost
}

const null = "null"

// meant is what a member of the client means, as text.
func meant(said reflect.Value) string {
	switch value := said.Interface().(type) {
	case lenientjson.Int:
		if value.Valid {
			return fmt.Sprint(value.Value)
		}
		return null
	case lenientjson.Bool:
		if value.Valid {
			return fmt.Sprint(value.Value)
		}
		return null
	case lenientjson.Millis:
		if value.IsZero() {
			return null
		}
		return fmt.Sprintf("%q", value.UTC().Format(time.RFC3339Nano))
	}
	if said.String() == "" {
		return null
	}
	return fmt.Sprintf("%q", said.String())
}

func shown(value attr.Value) string {
	if value.IsNull() {
		return null
	}
	if text, ok := value.(interface{ ValueString() string }); ok {
		return fmt.Sprintf("%q", text.ValueString())
	}
	return value.String()
}

// snake is LiveID as live_id, and AlertVODUploadFail as alert_vod_upload_fail.
func snake(name string) string {
	var out strings.Builder
	letters := []rune(name)
	for i, letter := range letters {
		begins := unicode.IsUpper(letter) && i > 0 && (unicode.IsLower(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1]))
		if begins {
			out.WriteRune('_')
		}
		out.WriteRune(unicode.ToLower(letter))
	}
	return out.String()
}
