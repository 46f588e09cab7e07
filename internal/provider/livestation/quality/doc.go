// Package quality holds the Terraform objects of quality profiles (livestation_quality_profile), each a rendition of a stream, and of quality
// sets (livestation_quality_set), the renditions that a channel makes.
package quality
