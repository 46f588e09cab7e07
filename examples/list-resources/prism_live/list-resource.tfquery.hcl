# terraform query -generate-config-out=lives.tf
list "prism_live" "reserved" {
  provider = livestation

  config {
    channel_id = "ch-olive"
    status     = "RESERVED"
  }
}
