data "prism_user" "me" {
  provider = livestation
}

# The id is what the provider's prism.expected_user_id wants.
output "user_id" {
  value = data.prism_user.me.user_id
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
