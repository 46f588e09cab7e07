package prism

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/lossless"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

func TestChannelLivesDataSourceLosesNothing(t *testing.T) {
	t.Parallel()
	list := lossless.DataState(&channelLivesDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		live := lossless.Live(t)
		list.Raw = tftypes.NewValue(list.Schema.Type().TerraformType(t.Context()), nil)
		lives := []*api.Live{live, lossless.Live(t)}
		diags := models.SetRows(t.Context(), &list, &channelLivesModel{ChannelID: models.TextOrNull("4100")}, liveRows(lives, true))
		var all struct {
			Lives types.List `tfsdk:"lives"`
		}
		diags.Append(models.Get(t.Context(), list, &all)...)
		var first LiveModel
		object, ok := all.Lives.Elements()[0].(types.Object)
		diags.Append(models.FromObject(object, &first)...)
		if !ok || diags.HasError() {
			t.Fatal(diags)
		}
		lossless.MustHold(t, live, first, lossless.Names{"ChannelID": ""}) // it is that of the list
		if hidden := NewLiveModel(live, false); !hidden.RTMPPath.IsNull() {
			t.Error("a secret stays")
		}
	})
}

func TestChannelAndUserDataSourcesLoseNothing(t *testing.T) {
	t.Parallel()
	list, user := lossless.DataState(&channelsDataSource{}), lossless.DataState(&userDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := lossless.Draw[api.Channel](t, "channel")
		channel.ChannelEnabled.Valid = true // a service that does not tell it means true
		model := lossless.ThroughState(t, list, channelsModel{UserName: models.TextOrNull("u"), Channels: []channelModel{newChannelModel(&channel)}})
		lossless.MustHold(t, &channel, model.Channels[0], nil)
		said := lossless.Draw[api.User](t, "user")
		lossless.MustHold(t, &said, lossless.ThroughState(t, user, *newUserModel(&said)), nil)
	})
}
