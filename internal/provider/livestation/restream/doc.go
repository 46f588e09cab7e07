// Package restream holds the Terraform objects of re-stream channels (livestation_restream_channel): the resource with its targets, the list
// resource, the data sources, and the ephemeral ingest key.
//
// Targets have no id that a configuration knows. How those of a plan, the state and the service are matched is in targets_matching.go.
package restream
