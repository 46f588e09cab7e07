list "livestation_quality_set" "all" {
  provider = livestation
  limit    = 10
}
