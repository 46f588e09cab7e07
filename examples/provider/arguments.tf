variable "ncloud_secret_key" {
  type      = string
  sensitive = true
}

variable "prism_access_token" {
  type      = string
  sensitive = true
}

provider "livestation" {
  # Live Station
  access_key = "NCLOUDACCESSKEY00001"
  secret_key = var.ncloud_secret_key

  # the streaming service for the prism_* objects
  prism = {
    endpoint         = "https://api.example.com"
    access_token     = var.prism_access_token
    expected_user_id = "u-1"
  }

  # both
  requests_per_second = 5
}
