# Every general channel of the account. Without `limit` Terraform reads 100.
list "livestation_channel" "all" {
  provider         = livestation
  include_resource = true
  limit            = 1000
}
