# Every channel that costs money, with its targets. Without `limit` Terraform reads 100.
list "livestation_restream_channel" "all" {
  provider         = livestation
  include_resource = true
  limit            = 1000 # without it Terraform reads 100
}
