list "livestation_curtain_content" "ready" {
  provider = livestation
  limit    = 10

  config {
    status = "READY"
  }
}
