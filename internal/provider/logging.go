package provider

import (
	"context"
	"log/slog"
	"os"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// LogVariable is the environment variable with the level of the provider's own log.
const LogVariable = "TF_LOG_PROVIDER_LIVESTATION"

// logger lets the clients, which know nothing of Terraform, log into the provider's log. Where that is off they are spared the work.
func logger() *slog.Logger {
	if os.Getenv(LogVariable) == "OFF" {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(tflogHandler{})
}

type tflogHandler struct{ attributes []slog.Attr }

func (tflogHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h tflogHandler) Handle(ctx context.Context, record slog.Record) error {
	fields := make(map[string]any, record.NumAttrs()+len(h.attributes))
	for _, attribute := range h.attributes {
		fields[attribute.Key] = attribute.Value.Any()
	}
	record.Attrs(func(attribute slog.Attr) bool {
		fields[attribute.Key] = attribute.Value.Any()
		return true
	})
	switch {
	case record.Level >= slog.LevelError:
		tflog.Error(ctx, record.Message, fields)
	case record.Level >= slog.LevelWarn:
		tflog.Warn(ctx, record.Message, fields)
	case record.Level >= slog.LevelInfo:
		tflog.Info(ctx, record.Message, fields)
	default:
		tflog.Debug(ctx, record.Message, fields)
	}
	return nil
}

func (h tflogHandler) WithAttrs(attributes []slog.Attr) slog.Handler {
	return tflogHandler{append(h.attributes[:len(h.attributes):len(h.attributes)], attributes...)}
}

// WithGroup is not used by the clients; fields stay flat.
func (h tflogHandler) WithGroup(string) slog.Handler { return h }
