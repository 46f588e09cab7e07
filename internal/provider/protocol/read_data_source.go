package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// ReadDataSource gives the framework an empty list in place of a long one, and writes the rows itself, one by one. The framework would
// build, copy and compare a tree of values: fifty times the memory of the 10,000 lives that a channel may have.
func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	ctx, rows := models.DeferRows(ctx)
	resp, err := redacted(ctx, s, s.framework.ReadDataSource, req)
	if err != nil || rows.Count == 0 {
		return resp, err
	}
	resp.State, err = rows.Fill(ctx, resp.State)
	return resp, err
}
