list "livestation_quality_profile" "all" {
  provider = livestation
  limit    = 10
}
