terraform {
  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# What is not set here comes from the environment.
provider "livestation" {}
