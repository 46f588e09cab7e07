# terraform query -generate-config-out=lives.tf
list "prism_live" "reserved" {
  provider = livestation
  limit    = 1000 # without it Terraform reads 100

  config {
    channel_id = "ch-olive"
    status     = "RESERVED"
  }
}
