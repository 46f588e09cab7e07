package provider

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// LogVariable is the environment variable with the level of the provider's own log.
const LogVariable = "TF_LOG_PROVIDER_LIVESTATION"

// logger lets the clients, which know nothing of Terraform, log into the provider's log. Where that is off they are spared the work.
func logger() transport.Logger {
	if os.Getenv(LogVariable) == "OFF" {
		return nil
	}
	return providerLog{}
}

type providerLog struct{}

func (providerLog) Debug(ctx context.Context, message string, fields map[string]any) {
	tflog.Debug(ctx, message, fields)
}

func (providerLog) Warn(ctx context.Context, message string, fields map[string]any) {
	tflog.Warn(ctx, message, fields)
}
