// Package vod2live holds the Terraform objects of channels that broadcast files at set times (livestation_vod2live_channel), of their schedules
// (livestation_vod2live_schedule), and of the account's default callback.
package vod2live
