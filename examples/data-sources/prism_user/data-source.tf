data "prism_user" "me" {
  provider = livestation
}

# This id is the value for the provider's prism.expected_user_id.
output "user_id" {
  value = data.prism_user.me.user_id
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
