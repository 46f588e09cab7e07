package curtain

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/lossless"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// ofContents is how the attributes of curtain contents are called.
var ofContents = lossless.Names{"ID": "content_id", "RegisterTime": "registered_time"}

func TestCurtainContentLosesNothing(t *testing.T) {
	t.Parallel()
	ctx, state, list := context.Background(), lossless.ResourceState(&contentResource{}), lossless.DataState(&contentsDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		content := lossless.Draw[api.CurtainContent](t, "content")
		content.ID = lenientjson.Int{Value: rapid.Int64Range(1, 1<<62).Draw(t, "id"), Valid: true}
		var files []api.ContentInput
		for i := range content.Input {
			file := api.ContentInput{BucketName: rapid.StringMatching(`[a-z0-9.-]{3,20}`).Draw(t, "bucket"), FilePath: "/" + strings.TrimPrefix(lossless.Text().Draw(t, "path"), "/")}
			files, content.Input[i] = append(files, file), lenientjson.String(file.BucketName+file.FilePath)
		}
		all := lossless.ThroughState(t, list, contentsModel{Contents: []contentListModel{newContentListModel(&content)}})
		lossless.MustHold(t, &content, all.Contents[0], ofContents)

		model := contentModel{Timeouts: timeouts.None(ctx, &contentResource{})}
		model.setID(content.ID.Value)
		if diags := model.setContentFromAPI(ctx, &content); diags.HasError() {
			t.Fatal(diags)
		}
		model.setFromAPI(&content)
		model = lossless.ThroughState(t, state, model)
		lossless.MustHold(t, &content, model, lossless.Names{"ID": "content_id", "RegisterTime": "registered_time", "UpdatedTime": "", "Input": ""})
		back, diags := model.inputs(ctx)
		if diags.HasError() || fmt.Sprint(back) != fmt.Sprint(append([]api.ContentInput{}, files...)) {
			t.Errorf("the sources came back as %q, want %q: %v", back, files, diags)
		}
		again := model
		if again.setFromAPI(&content); !reflect.DeepEqual(again, model) {
			t.Errorf("the same content changes %v to %v", model, again)
		}
	})
}

func TestCurtainLosesNothing(t *testing.T) {
	t.Parallel()
	ctx, state := context.Background(), lossless.ResourceState(&curtainResource{})
	rapid.Check(t, func(t *rapid.T) {
		curtain := &api.Curtain{StartedAt: lossless.Moment().Draw(t, "start"), On: rapid.Bool().Draw(t, "on")}
		curtain.EndsAt = curtain.StartedAt.Add(time.Duration(rapid.IntRange(1, 10).Draw(t, "minutes")) * time.Minute)
		if curtain.EndsAt.Year() > 9999 {
			return
		}
		model := curtainModel{ChannelID: types.StringValue("ls-1"), ContentIDs: types.ListNull(types.Int64Type), Triggers: types.MapNull(types.StringType), Timeouts: timeouts.None(ctx, &curtainResource{})}
		model.setFromAPI(curtain)
		model = lossless.ThroughState(t, state, model)
		if !parseTime(model.StartedAt).Equal(curtain.StartedAt) || !parseTime(model.EndsAt).Equal(curtain.EndsAt) || model.IsLiveCurtain.ValueBool() != curtain.On ||
			model.ID.ValueString() != fmt.Sprintf("ls-1/%d", curtain.StartedAt.UnixMilli()) {
			t.Errorf("%+v became %v", curtain, model)
		}
	})
}
