terraform {
  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# Settings that are not set here come from the environment.
provider "livestation" {}
