// Package live holds the Terraform objects for lives of a PRISM service: the reservation (prism_live), the session that puts a live on
// air (prism_live_session), the actions that start and stop one, and the ingest address. The rules of the service are in the client.
package live
