// Package channel holds the Terraform objects of general channels (livestation_channel): the resource and its list resource, the data
// sources about a channel and its broadcast, the ephemeral ingest keys, and the actions used during a broadcast.
package channel
