package channel

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ValidateConfig refuses what the service would refuse for what the configuration alone says.
func (r *channelResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(config.validateProtocols()...)
	resp.Diagnostics.Append(config.validateRecord()...)
	resp.Diagnostics.Append(delivery.ValidateCDN(config.CDN)...)
}

func (m channelModel) validateProtocols() (diags diag.Diagnostics) {
	output := m.OutputProtocol.ValueString()
	if m.IngestProtocol.ValueString() == api.IngestSRT {
		if output != "" && output != api.ProtocolHLS {
			diags.AddAttributeError(path.Root("ingest_protocol"), "SRT goes with HLS only", fmt.Sprintf(
				"`ingest_protocol` SRT needs `output_protocol` HLS, and that is %s. Use RTMP, or HLS for the viewers.", output))
		}
		if m.IsStreamFailOver.ValueBool() {
			diags.AddAttributeWarning(path.Root("is_stream_fail_over"), "SRT may have no backup stream",
				"The service's documents do not say that `is_stream_fail_over` works with `ingest_protocol` SRT. The service may refuse the channel.")
		}
	}
	cdn, known := delivery.CDNOf(m.CDN)
	if region := cdn.RegionType.ValueString(); known && output == api.ProtocolLowLatency && region != "" && region != delivery.RegionKorea {
		diags.AddAttributeWarning(path.Root("cdn").AtName("region_type"), "LL_HLS may need an edge in KOREA", fmt.Sprintf(
			"Editions of the service's documents disagree whether `output_protocol` LL_HLS works with an edge in %s. The service may refuse the channel.", region))
	}
	return diags
}

// validateRecord leaves alone what is not known yet.
func (m channelModel) validateRecord() (diags diag.Diagnostics) {
	at := path.Root("record")
	record, known := recordOf(m.Record)
	if m.Record.IsUnknown() || known && record.Type.IsUnknown() {
		return nil
	}
	kind := record.Type.ValueString()
	if m.ImmediateOnAir.ValueBool() && (kind == "" || kind == api.NoRecord) {
		diags.AddAttributeError(path.Root("immediate_on_air"), "There is nothing to record",
			"`immediate_on_air` records as soon as a stream starts, and `record.type` is NO_RECORD. Set it to AUTO_UPLOAD or MANUAL_UPLOAD, or `immediate_on_air` to false.")
	}
	for _, member := range []struct {
		name  string
		value attr.Value
	}{
		{"format", record.Format}, {"bucket_name", record.BucketName}, {"file_path", record.FilePath}, {"access_control", record.AccessControl},
	} {
		switch {
		case kind == api.AutoUpload && member.value.IsNull():
			diags.AddAttributeError(at.AtName(member.name), "Recording is incomplete", fmt.Sprintf("`record.type` AUTO_UPLOAD needs `record.%s`.", member.name))
		case kind != api.AutoUpload && !member.value.IsNull():
			diags.AddAttributeError(at.AtName(member.name), "Recording has no upload", fmt.Sprintf(
				"`record.%s` belongs to `record.type` AUTO_UPLOAD. Set that, or leave `record.%s` out.", member.name, member.name))
		}
	}
	return diags
}

// needed returns an error for each member of an edit whose value is not known: the service takes all seven at once, and would choose
// by itself what is left out.
func (m channelModel) needed() (diags diag.Diagnostics) {
	for _, member := range []struct {
		name  string
		value attr.Value
	}{
		{"env_type", m.EnvType}, {"output_protocol", m.OutputProtocol}, {"use_dvr", m.UseDVR}, {"immediate_on_air", m.ImmediateOnAir}, {"record", m.Record},
	} {
		if member.value.IsNull() {
			diags.AddAttributeError(path.Root(member.name), "Value of the channel is not known", fmt.Sprintf(
				"The channel was imported, and the service does not report its `%s`. An edit sends all values of a channel, and the service would choose what is left out, so channel %s "+
					"is not edited. Set `%s` to what the channel has.", member.name, service.Printable(m.ChannelID), member.name))
		}
	}
	return diags
}
